import { useEffect, type RefObject } from 'react';
import type { TimeRange } from '../../../main/domain/time.ts';

/** The times of the words that a selection touches within an element; null where it touches fewer than two. */
function selectedWords(within: HTMLElement): TimeRange | null {
  const selection = getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!within.contains(range.commonAncestorContainer)) return null;
  const words = [...within.querySelectorAll<HTMLElement>('.w')].filter((word) => range.intersectsNode(word));
  const [first] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined || first === last) return null;
  return { fromS: Number(first.dataset['from']), toS: Number(last.dataset['to']) };
}

/** Tells which words of a text a person has selected. */
export function usePicked(
  text: RefObject<HTMLElement | null>,
  onPick: (picked: TimeRange | null) => void,
): void {
  useEffect(() => {
    const look = (): void => {
      if (text.current !== null) onPick(selectedWords(text.current));
    };
    document.addEventListener('selectionchange', look);
    return () => {
      document.removeEventListener('selectionchange', look);
    };
  }, [text, onPick]);
}
