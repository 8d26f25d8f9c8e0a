import type { Database } from 'better-sqlite3';
import { SearchHit } from '../../domain/showMemory.ts';

export interface SearchAsk {
  readonly words: string;
  readonly showId: string | null;
  readonly limit: number;
  readonly offset: number;
}

interface HitRow {
  episode_id: string;
  title: string;
  show_name: string;
  speaker: string | null;
  from_s: number;
  to_s: number;
  snippet: string;
  off_record: number;
}

/** Marks around the words in a snippet; text never holds them, because every text is stripped of control characters. */
const OPEN = '\u0002';
const CLOSE = '\u0003';
const SNIPPET_TOKENS = 24;
const MOST_TERMS = 32;
/** Shorter words are meant as they are; longer ones find their other forms as well. */
const FEWEST_LETTERS = 4;

/**
 * The words of a search as an FTS5 expression in which nothing is an operator: each word has to be there, in any form that
 * begins with it; words in quotes have to stand together as they are. Empty when there is no word in it.
 */
export function matchExpression(words: string): string {
  const terms = Array.from(words.matchAll(/"([^"]*)"|([^\s"]+)/gu), ([, phrase, word]) => ({
    text: (phrase ?? word ?? '').replaceAll(/\p{C}/gu, ' ').trim(),
    isPhrase: phrase !== undefined,
  })).filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  return terms
    .slice(0, MOST_TERMS)
    .map(({ text, isPhrase }) => `"${text}"${isPhrase || text.length < FEWEST_LETTERS ? '' : ' *'}`)
    .join(' AND ');
}

function toSnippet(text: string): SearchHit['snippet'] {
  return text
    .split(OPEN)
    .flatMap((piece, i) => {
      const [hit = '', rest = ''] = i === 0 ? ['', piece] : piece.split(CLOSE);
      return [
        { text: hit, isHit: true },
        { text: rest, isHit: false },
      ];
    })
    .filter((piece) => piece.text !== '');
}

const toHit = (row: HitRow): SearchHit =>
  SearchHit.parse({
    episodeId: row.episode_id,
    episodeTitle: row.title,
    showName: row.show_name,
    speaker: row.speaker,
    fromS: row.from_s,
    toS: row.to_s,
    snippet: toSnippet(row.snippet),
    isOffRecord: row.off_record === 1,
  });

/** Full-text search over every sentence of every episode. */
export function wordSearchRepository(db: Database) {
  const matching = `FROM transcript_words JOIN transcript_segments AS s ON s.id = transcript_words.rowid
     JOIN episodes ON episodes.id = s.episode_id JOIN shows ON shows.id = episodes.show_id
     WHERE transcript_words MATCH @match AND (@showId IS NULL OR shows.id = @showId)`;
  const hits = db.prepare<object, HitRow>(
    `SELECT s.episode_id, episodes.title, shows.name AS show_name, s.speaker, s.from_s, s.to_s,
            snippet(transcript_words, 0, char(2), char(3), '…', ${SNIPPET_TOKENS}) AS snippet,
            EXISTS (SELECT 1 FROM off_limits WHERE off_limits.episode_id = s.episode_id AND kind = 'off-record'
                    AND off_limits.from_s < s.to_s AND off_limits.to_s > s.from_s) AS off_record
     ${matching} ORDER BY bm25(transcript_words), s.id LIMIT @limit OFFSET @offset`,
  );
  const count = db.prepare<object, number>(`SELECT count(*) ${matching}`).pluck();
  return {
    /** The sentences that hold all the words, best first, equals in order of import; none when there is no word to look for. */
    search({ words, showId, limit, offset }: SearchAsk): { hits: SearchHit[]; total: number } {
      const match = matchExpression(words);
      if (match === '') return { hits: [], total: 0 };
      return {
        hits: hits.all({ match, showId, limit, offset }).map(toHit),
        total: count.get({ match, showId }) ?? 0,
      };
    },
  };
}
export type WordSearchRepository = ReturnType<typeof wordSearchRepository>;
