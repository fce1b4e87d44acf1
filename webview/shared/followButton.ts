import type { Host } from '../../src/protocol/channel.ts';
import type { FollowingRequests } from '../../src/protocol/following.ts';
import { iconButton } from './controls.ts';

/** Follows the selection of the table where the runs come from, or stays as it is. */
export interface FollowButton {
  readonly element: HTMLElement;
  /** @param isFollowing absent where the runs do not come from a table */
  draw(isFollowing: boolean | undefined): void;
}

export function followButton(host: Host<FollowingRequests>): FollowButton {
  let isOn = false;
  const element = iconButton('Show What Is Selected in the Runs Table', 'link', () => void host.ask('follow', !isOn), {
    pressed: isOn,
  });
  element.hidden = true;
  return {
    element,
    draw(isFollowing) {
      isOn = isFollowing ?? false;
      element.hidden = isFollowing === undefined;
      element.setAttribute('aria-pressed', String(isOn));
    },
  };
}
