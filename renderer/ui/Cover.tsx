/** A show's picture, or a quiet square with its first letter where it has none. */
export function Cover({ url, name }: { readonly url: string | null; readonly name: string }) {
  return (
    <span className="cover" aria-hidden="true">
      {url === null ? <b>{name.slice(0, 1).toUpperCase()}</b> : <img src={url} alt="" draggable={false} />}
    </span>
  );
}
