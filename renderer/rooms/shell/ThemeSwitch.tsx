import { useApp, useTheme } from '../../appContext.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';

export function ThemeSwitch({ className, label }: { readonly className?: string; readonly label: string }) {
  const { stores } = useApp();
  const theme = useTheme();
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <button
      type="button"
      className={className}
      title={other === 'light' ? strings.theme.toLight : strings.theme.toDark}
      onClick={() => {
        void stores.troubles.getState().attempt(() => stores.memory.getState().remember({ theme: other }));
      }}
    >
      <Icon name="theme" />
      <span>{label}</span>
    </button>
  );
}
