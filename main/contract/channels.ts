/** The only two channels between a window of the desktop shell and its main process. */
export const CALL_CHANNEL = 'soundbite:call';
export const EVENT_CHANNEL = 'soundbite:event';
