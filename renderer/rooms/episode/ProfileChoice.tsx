import type { EpisodeDetail } from '../../../main/contract/episodes.ts';
import { ScoreProfile } from '../../../main/domain/show.ts';
import { useApp } from '../../appContext.ts';
import { strings } from '../../strings.ts';

const AS_SHOW = 'show';

/** What the candidates of this episode are chosen for; an episode follows its show until somebody says otherwise. */
export function ProfileChoice({ detail: { episode, profile } }: { readonly detail: EpisodeDetail }) {
  const { stores } = useApp();
  const { chooseProfile, useProfileForShow } = stores.desk.getState();
  const { profile: words } = strings.desk;
  return (
    <div className="profile-choice">
      <label>
        <span className="dim">{words.label}</span>
        <select
          value={profile.ofEpisode ?? AS_SHOW}
          onChange={(event) => {
            const chosen = ScoreProfile.safeParse(event.currentTarget.value);
            void chooseProfile(episode.id, profile, chosen.success ? chosen.data : null);
          }}
        >
          <option value={AS_SHOW}>{words.asShow(words.names[profile.ofShow])}</option>
          {ScoreProfile.options.map((name) => (
            <option key={name} value={name}>
              {words.names[name]}
            </option>
          ))}
        </select>
      </label>
      {profile.inForce !== profile.ofShow && (
        <button
          type="button"
          className="btn plain small"
          onClick={() => void useProfileForShow(episode.id, profile)}
        >
          {words.forShow}
        </button>
      )}
    </div>
  );
}
