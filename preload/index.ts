import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import { CALL_CHANNEL, EVENT_CHANNEL } from '../main/contract/channels.ts';
import type { Reply } from '../main/contract/index.ts';
import { noSuchCall } from '../main/contract/refusals.ts';
import { isCall, isEvent } from './names.ts';

type Listener = (payload: unknown) => void;

/** All that a page of ours can reach: the contract's calls, its events, and the path of a file that was dropped. */
const bridge = {
  async call(name: string, input: unknown): Promise<Reply<unknown>> {
    return isCall(name)
      ? ((await ipcRenderer.invoke(CALL_CHANNEL, name, input)) as Reply<unknown>)
      : noSuchCall(name);
  },
  on(name: string, listener: Listener): () => void {
    if (!isEvent(name)) throw new TypeError(`there is no event named ${name}`);
    const pass = (_event: IpcRendererEvent, told: string, payload: unknown): void => {
      if (told === name) listener(payload);
    };
    ipcRenderer.on(EVENT_CHANNEL, pass);
    return () => {
      ipcRenderer.off(EVENT_CHANNEL, pass);
    };
  },
  pathOf: (file: File): string => webUtils.getPathForFile(file),
};

contextBridge.exposeInMainWorld('soundbite', bridge);
