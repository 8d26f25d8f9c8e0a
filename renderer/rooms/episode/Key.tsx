/** The key that presses the button it stands on; said to assistive technology by aria-keyshortcuts instead. */
export const Key = ({ name }: { readonly name: string }) => <kbd aria-hidden="true">{name}</kbd>;
