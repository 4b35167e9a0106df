import { stat } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

/** A file that answers a request. */
export type StaticFile = {
  path: string
  sizeBytes: number
  /** Changes when the file does. */
  etag: string
  contentType: string
  cacheControl: string
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
}

/** Built files carry a hash of their content in their name. */
const HASHED = '/assets/'

/**
 * The file of a folder that answers an address' path. An address of the app, such as `/org/x/live`,
 * is answered by `index.html`: the page itself knows its routes. Null where nothing answers: a missing
 * asset, a hidden file, a path that would leave the folder or cannot be read.
 */
export async function staticFileOf(
  folder: string,
  pathname: string,
  acceptsHtml: boolean,
): Promise<StaticFile | null> {
  const decoded = decodedPath(pathname)
  if (decoded === null) return null
  const found = await fileAt(folder, decoded === '/' ? '/index.html' : decoded)
  if (found) return found
  const isRoute = !decoded.startsWith(HASHED) && (acceptsHtml || extname(decoded) === '')
  return isRoute ? fileAt(folder, '/index.html') : null
}

function decodedPath(pathname: string): string | null {
  try {
    const decoded = decodeURIComponent(pathname)
    const isSafe =
      !decoded.includes('\0') &&
      !decoded.includes('\\') &&
      !decoded.includes('//') &&
      decoded.split('/').every((segment) => !segment.startsWith('.'))
    return isSafe ? decoded : null
  } catch {
    // A lone % is no encoding: nothing of ours has such a name.
    return null
  }
}

async function fileAt(folder: string, pathname: string): Promise<StaticFile | null> {
  const path = join(folder, pathname)
  if (!path.startsWith(folder + sep)) return null
  const about = await stat(path).catch(() => null)
  if (!about?.isFile()) return null
  return {
    path,
    sizeBytes: about.size,
    etag: `W/"${about.size.toString(36)}-${Math.floor(about.mtimeMs).toString(36)}"`,
    contentType: TYPES[extname(path)] ?? 'application/octet-stream',
    cacheControl: pathname.startsWith(HASHED) ? 'public, max-age=31536000, immutable' : 'no-cache',
  }
}
