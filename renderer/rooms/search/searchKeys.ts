import { useEffect } from 'react';
import { useApp } from '../../appContext.ts';

const isTyping = ({ target }: KeyboardEvent): boolean =>
  target instanceof Element && target.closest('input:not([type="file"]), textarea, select') !== null;

/** "/" and Ctrl or Cmd with K open the search from any room, unless another dialog is in the way. */
export function useSearchKeys(): void {
  const { stores } = useApp();
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (document.querySelector('dialog[open]') !== null) return;
      const isCommand = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k';
      const isSlash = event.key === '/' && !event.ctrlKey && !event.metaKey && !isTyping(event);
      if (!isCommand && !isSlash) return;
      event.preventDefault();
      stores.search.getState().open();
    };
    addEventListener('keydown', press);
    return () => {
      removeEventListener('keydown', press);
    };
  }, [stores]);
}
