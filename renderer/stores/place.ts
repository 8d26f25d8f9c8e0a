import { createStore } from 'zustand/vanilla';
import { pathOf, placeOf, type Place } from '../selectors/place.ts';

/** The address bar and its history. */
export interface Addresses {
  read(): string;
  push(path: string): void;
  replace(path: string): void;
  onBack(listener: () => void): void;
}

interface PlaceState {
  readonly place: Place;
  readonly go: (place: Place) => void;
  /** Goes there without leaving a step to come back to. */
  readonly moveOn: (place: Place) => void;
}

export const createPlaceStore = (addresses: Addresses) => {
  const store = createStore<PlaceState>()((set) => ({
    place: placeOf(addresses.read()),
    go(place) {
      if (addresses.read() !== pathOf(place)) addresses.push(pathOf(place));
      set({ place });
    },
    moveOn(place) {
      addresses.replace(pathOf(place));
      set({ place });
    },
  }));
  addresses.onBack(() => {
    store.setState({ place: placeOf(addresses.read()) });
  });
  return store;
};
export type PlaceStore = ReturnType<typeof createPlaceStore>;
