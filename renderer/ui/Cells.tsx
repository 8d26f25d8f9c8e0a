/** A part of a score as cells, one a point; past thirty a cell stands for more. */
export function Cells({ points, max }: { readonly points: number; readonly max: number }) {
  const count = Math.max(1, Math.min(30, Math.round(max)));
  const earned = max <= 0 ? 0 : Math.round((Math.max(0, points) / max) * count);
  return (
    <span className="cells" aria-hidden="true">
      {Array.from({ length: count }, (_unused, cell) => (
        <i key={cell} className={cell < earned ? 'e' : undefined} />
      ))}
    </span>
  );
}
