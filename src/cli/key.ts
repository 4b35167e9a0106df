import { addKey, KeyFileError, readKeys, revokeKey } from '#recorder/keys/keyFile.ts'
import type { Command } from './command.ts'
import { callersPath, readArguments, UsageError } from './commandInput.ts'

const HELP = `Usage: tidemark key add NAME --keys FILE
       tidemark key list --keys FILE [--json]
       tidemark key revoke NAME --keys FILE

Display keys let a screen read the recorder's feed, and nothing else, without anybody's login. The file
holds hashes alone: a key is shown once, when it is made. One that is revoked is refused from the next
request on, without a restart.

  --keys FILE   the file of keys; add makes it
  --json        list as one JSON object per key
  --help        this text

Exit codes: 0 fine, 2 bad input.`

/** `tidemark key`: makes, lists and revokes display keys. */
export const keyCommand: Command = {
  name: 'key',
  summary: 'makes and revokes the keys of screens',
  help: HELP,
  async run(args, io) {
    const { values, positionals } = readArguments({
      args,
      allowPositionals: true,
      options: { keys: { type: 'string' }, json: { type: 'boolean', default: false } },
    })
    const [action, name, ...more] = positionals
    if (values.keys === undefined) throw new UsageError('--keys FILE is missing')
    const path = callersPath(values.keys)
    const isNamed = name !== undefined && more.length === 0
    try {
      if (action === 'add' && isNamed) io.out(addKey(path, name, new Date()))
      else if (action === 'revoke' && isNamed) revokeKey(path, name)
      else if (action === 'list' && name === undefined)
        for (const key of readKeys(path))
          io.out(
            values.json
              ? JSON.stringify({ name: key.name, madeAt: key.madeAt })
              : `${key.madeAt.slice(0, 10)}  ${key.name}`,
          )
      else throw new UsageError('expected: add NAME, list, or revoke NAME')
    } catch (error) {
      if (error instanceof KeyFileError) throw new UsageError(error.message, { cause: error })
      throw error
    }
    return 0
  },
}
