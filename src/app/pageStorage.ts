import type { SecretStorage } from '#sources/tabSecret.ts'

/**
 * The page's storages, looked up at each use: where they are barred, already naming `localStorage` throws,
 * and whoever reads or writes can then say so.
 */
export const localSettings: SecretStorage = {
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, value) => localStorage.setItem(key, value),
  removeItem: (key) => localStorage.removeItem(key),
}

export const tabStorage: SecretStorage = {
  getItem: (key) => sessionStorage.getItem(key),
  setItem: (key, value) => sessionStorage.setItem(key, value),
  removeItem: (key) => sessionStorage.removeItem(key),
}
