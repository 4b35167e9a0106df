/** Whether an organisation's name needs the room of several small lines in the header. */
export const isLongName = (name: string) => name.length > 32
