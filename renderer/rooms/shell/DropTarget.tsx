import { useEffect, useState } from 'react';
import { useApp, useIn } from '../../appContext.ts';
import { partMarks } from '../../selectors/dropMatching.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;

/** The whole window takes files at any time, and says so while something is held over it. */
export function DropTarget() {
  const { stores } = useApp();
  const [isOver, setIsOver] = useState(false);
  const episode = useIn('episode', (state) => state.detail?.episode ?? null);
  const room = useIn('place', (state) => state.place.room);
  const inHand = room === 'episode' ? episode : null;
  useEffect(() => {
    let depth = 0;
    const enter = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth += 1;
      setIsOver(true);
    };
    const over = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    };
    const leave = (): void => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setIsOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setIsOver(false);
      const dropped = [...(event.dataTransfer?.files ?? [])];
      const { list, addMarks } = stores.desk.getState();
      const { marks, files } = partMarks(
        dropped,
        inHand === null ? 'nowhere' : list === 'marks' ? 'marks' : 'episode',
      );
      for (const file of marks) void file.text().then((text) => addMarks(inHand?.id ?? '', text));
      if (files.length > 0) void stores.arrivals.getState().receive(files, inHand?.path);
    };
    addEventListener('dragenter', enter);
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragenter', enter);
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, [stores, inHand]);
  if (!isOver) return null;
  return (
    <div className="drop-over">
      <div>
        <span className="plus">
          <Icon name="add" />
        </span>
        <b>{strings.drop.anywhere}</b>
        <p>{strings.drop.what}</p>
        {inHand !== null && <p className="dim">{strings.drop.transcript}</p>}
      </div>
    </div>
  );
}
