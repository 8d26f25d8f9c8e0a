import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import { dispatch, type Log } from '../../api/dispatch.ts';
import type { Handlers } from '../../api/handlerTable.ts';
import { CALL_CHANNEL, EVENT_CHANNEL } from '../../contract/channels.ts';
import { events, type EventName } from '../../contract/index.ts';
import { AppError, toWireError } from '../../domain/errors.ts';
import type { Engine } from '../../engine/createEngine.ts';
import { isAppUrl } from './protocol.ts';

type CurrentWindow = () => BrowserWindow | undefined;

/** Answers the one channel that calls come through; only the page of our own window is listened to. */
export function answerCalls(handlers: Handlers, currentWindow: CurrentWindow, log: Log): void {
  ipcMain.handle(CALL_CHANNEL, (event, name: unknown, input: unknown) => {
    if (!isOurPage(event, currentWindow())) {
      const refusal = new AppError(
        'FOREIGN_REQUEST',
        `a call from ${event.senderFrame?.url ?? 'a closed page'}`,
      );
      return { ok: false, error: toWireError(refusal) };
    }
    return dispatch(handlers, typeof name === 'string' ? name : typeof name, input, log);
  });
}

function isOurPage({ sender, senderFrame }: IpcMainInvokeEvent, window: BrowserWindow | undefined): boolean {
  if (senderFrame === null || window === undefined) return false;
  return sender === window.webContents && senderFrame.parent === null && isAppUrl(senderFrame.url);
}

/** Tells the window every event of the contract; nobody is told while there is no window. */
export function forwardEvents(engine: Engine, currentWindow: CurrentWindow): void {
  for (const name of Object.keys(events) as EventName[]) {
    engine.on(name, (payload) => {
      currentWindow()?.webContents.send(EVENT_CHANNEL, name, payload);
    });
  }
}
