export interface Note {
  id: number;
  author: string;
  text: string;
}

/** One notebook that everybody shares. It lives in memory and forgets its oldest notes. */
export class Notebook {
  readonly #capacity: number;
  #notes: Note[] = [];
  #lastId = 0;

  constructor(capacity = 200) {
    this.#capacity = capacity;
  }

  add(author: string, text: string): Note {
    const note = { id: ++this.#lastId, author, text };
    this.#notes = [...this.#notes, note].slice(-this.#capacity);
    return note;
  }

  /** Newest first. */
  list(limit: number): Note[] {
    return this.#notes.slice(-limit).reverse();
  }

  /** Newest first, upper and lower case alike. */
  search(text: string): Note[] {
    const wanted = text.toLowerCase();
    return this.#notes.filter((note) => note.text.toLowerCase().includes(wanted)).reverse();
  }
}
