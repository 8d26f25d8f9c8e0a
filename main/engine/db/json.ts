/** A JSON column as it was stored; its schema is checked by whoever asked. */
export const readJson = (column: string): unknown => JSON.parse(column) as unknown;
