/**
 * What the File System Access API adds to a page (https://wicg.github.io/file-system-access/). Not every
 * browser has it, and no page that is not served securely; TypeScript's own types leave it out.
 */
type Picker = (options: {
  id: string
  types: { description: string; accept: Record<string, string[]> }[]
}) => Promise<FileSystemFileHandle[]>
type AccessWindow = { showOpenFilePicker?: Picker }
type DroppedItem = { getAsFileSystemHandle?: () => Promise<FileSystemHandle | null | undefined> }
type PermissionAsker = {
  requestPermission?: (wanted: { mode: 'read' }) => Promise<PermissionState>
}

/** How files that can be read are usually named; what they are, their content says. */
export const RESULT_FILES = ['.jtl', '.csv', '.xml', '.har', '.json', '.log'] as const
/** The same with bundles, which only a review opens. */
export const REVIEW_FILES = [...RESULT_FILES, '.html'] as const

/** A file to read: one that can be followed where the browser gives a handle of it, else as it is now. */
export type OpenedFile = { file: File; handle: null } | { file: null; handle: FileSystemFileHandle }

/**
 * Why the files chosen here cannot be followed: the browser knows no way (`browser`), or keeps it from
 * pages that are not served over https or from this machine (`insecurePage`). Null where they can.
 */
export type WhyNotFollowed = 'browser' | 'insecurePage' | null

/** See `WhyNotFollowed`. */
export function whyNotFollowed(): WhyNotFollowed {
  if ('showOpenFilePicker' in window) return null
  return isSecureContext ? 'browser' : 'insecurePage'
}

/** Lets the user choose a results file; null where that was called off. Straight from a click. */
export async function chooseFile(): Promise<FileSystemFileHandle | null> {
  const { showOpenFilePicker } = window as AccessWindow
  if (!showOpenFilePicker) return null
  const accept = { 'text/plain': [...RESULT_FILES] }
  try {
    const types = [{ description: 'Results and recordings', accept }]
    const [handle = null] = await showOpenFilePicker({ id: 'jtl', types })
    return handle
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null
    throw error
  }
}

/**
 * The first file of a drop; null where there is none. Call it while the drop is being handled: what was
 * dropped is out of reach later.
 */
export async function droppedFile({ items, files }: DataTransfer): Promise<OpenedFile | null> {
  const [file] = files
  const item = [...items].find(({ kind }) => kind === 'file') as DroppedItem | undefined
  const handle = item && (await handleOf(item))
  if (isFile(handle)) return { file: null, handle }
  return file ? { file, handle: null } : null
}

/** Nothing where the browser gives no handle, e.g. of a file in a folder that it keeps to itself. */
async function handleOf(item: DroppedItem) {
  try {
    return await item.getAsFileSystemHandle?.()
  } catch (error) {
    if (error instanceof DOMException) return null
    throw error
  }
}

const isFile = (handle: FileSystemHandle | null | undefined): handle is FileSystemFileHandle =>
  handle?.kind === 'file'

/** Whether a file may be read, asking the user where it takes that. Straight from a click; throws where it is not. */
export async function askToRead(handle: FileSystemFileHandle): Promise<boolean> {
  const { requestPermission } = handle as PermissionAsker
  if (!requestPermission) return true
  return (await requestPermission.call(handle, { mode: 'read' })) === 'granted'
}
