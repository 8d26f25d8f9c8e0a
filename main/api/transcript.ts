import type { transcriptCalls } from '../contract/transcript.ts';
import { exportTranscript } from '../engine/flows/exportTranscript.ts';
import {
  editTranscript,
  listEdits,
  previewReplacement,
  redoEdit,
  replaceInTranscript,
  setEditState,
  undoEdit,
} from '../engine/flows/transcriptEdits.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function transcriptHandlers(open: OpenEngine): HandlersOf<keyof typeof transcriptCalls> {
  return {
    'transcript.edit': async ({ episodeId, edit }) => editTranscript(await open(), episodeId, edit),
    'transcript.preview': async ({ episodeId, replacement }) =>
      previewReplacement(await open(), episodeId, replacement),
    'transcript.replace': async ({ episodeId, replacement, except }) =>
      replaceInTranscript(await open(), episodeId, replacement, except),
    'transcript.export': async ({ id, format }) => exportTranscript(await open(), id, format),
    'transcript.undo': async ({ episodeId }) => undoEdit(await open(), episodeId),
    'transcript.redo': async ({ episodeId }) => redoEdit(await open(), episodeId),
    'transcript.setEdit': async ({ episodeId, editId, state }) =>
      setEditState(await open(), episodeId, editId, state),
    'transcript.edits': async ({ episodeId }) => listEdits(await open(), episodeId),
  };
}
