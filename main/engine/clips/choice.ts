import type { Candidate, FoundBy } from '../../domain/clip.ts';

const CHOSEN: Readonly<Record<FoundBy, string>> = {
  words: '',
  ear: '',
  mark: 'Your mark. ',
  coldOpen: 'The show opens with it. ',
};

/**
 * A clip that was cut or read again. Whose choice it was does not change with that; its title goes on while the words that
 * it quotes are in it, or where a person wrote it with their mark.
 */
export function keepChoice(
  candidate: Candidate,
  { title, foundBy }: Pick<Candidate, 'title' | 'foundBy'>,
): Candidate {
  const keepsTitle = foundBy === 'mark' || candidate.text.includes(title);
  const reason = `${CHOSEN[foundBy]}${candidate.reason}`;
  const chosenBy = foundBy === 'mark' || foundBy === 'coldOpen' ? foundBy : candidate.foundBy;
  return { ...candidate, foundBy: chosenBy, reason, title: keepsTitle ? title : candidate.title };
}
