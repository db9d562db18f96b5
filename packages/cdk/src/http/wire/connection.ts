import type { Socket } from "node:net";
import { failureAt } from "../failure.ts";
import { onAbort } from "../on-abort.ts";
import type { Answer } from "../types.ts";
import { readHead, type AnswerHead } from "./answer-head.ts";
import { framingOf, type BodyFraming } from "./body-framing.ts";
import { bodyQueue, type BodyQueue } from "./body-queue.ts";
import { closedEarly, malformed } from "./malformed.ts";

/** A request that waits for its connection. */
export interface Question {
  readonly method: string;
  /** For messages. */
  readonly url: string;
  /** As it goes over the wire; a text in Latin-1. */
  readonly bytes: string | Buffer;
  readonly signal: AbortSignal;
  /** Seconds of silence, counted only where it is the server's: a body that nobody reads at the moment may wait. */
  readonly readTimeout: number;
}

/** One connection of HTTP/1.1, over which one request goes at a time. */
export interface Connection {
  /** Sends a request, and gives its answer once the head is there. To be called when nothing else is going on. */
  ask(question: Question): Promise<Answer>;
  /** Whether another request can go over it. */
  readonly isOpen: boolean;
  /** Whether it holds the process back. */
  hold(on: boolean): void;
  destroy(): void;
}

/** What becomes of a connection once an answer is over: `headers` are that answer's. */
export type Released = (connection: Connection, headers: readonly string[]) => void;

const MAX_HEAD = 128 * 1024;

/** Of one shape throughout: it is made for each request. */
interface Turn {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  readonly forget: () => void;
  /** Once the head is there. */
  body: { readonly head: AnswerHead; readonly framing: BodyFraming; readonly queue: BodyQueue } | undefined;
}

/** `released` gets the connection whenever it can take another request. */
export function createConnection(socket: Socket, released: Released): Connection {
  let turn: Turn | undefined;
  let ended = false;
  /** What came of a head that is not whole. */
  let begun: Buffer | undefined;
  let silence = 0;

  /** Breaks the connection, and what goes on over it. */
  function fail(error: Error): void {
    const failed = turn;
    turn = undefined;
    ended = true;
    socket.destroy();
    if (failed === undefined) return;
    failed.forget();
    if (failed.body === undefined) failed.reject(error);
    else failed.body.queue.end(error);
  }

  function finish({ forget, body }: Turn, whole: boolean): void {
    turn = undefined;
    forget();
    if (socket.isPaused()) socket.resume(); // what waits for its reader is no matter of the connection any more
    const reusable = whole && !ended && body!.head.keepsAlive && socket.writableLength === 0;
    if (!reusable) {
      ended = true;
      socket.destroy();
    }
    body!.queue.end();
    if (reusable) released(connection, body!.head.headers);
  }

  function take(chunk: Buffer): void {
    if (turn === undefined) return fail(malformed("the server sent more than its answer"));
    let rest = chunk;
    if (turn.body === undefined) {
      const bytes = begun === undefined ? chunk : Buffer.concat([begun, chunk]);
      begun = undefined;
      const found = headIn(bytes);
      if (found === undefined) return;
      rest = found.rest;
      start(turn, found.head);
    }
    const { framing, queue } = turn.body!;
    const used = framing.take(rest, queue.push);
    if (used !== undefined && turn !== undefined) finish(turn, used === rest.length);
  }

  /** The head of the answer itself; others may come before it, and say that it will. */
  function headIn(bytes: Buffer): { readonly head: AnswerHead; readonly rest: Buffer } | undefined {
    for (let rest = bytes; ;) {
      const head = readHead(rest);
      if (head === undefined) {
        if (rest.length > MAX_HEAD) throw malformed(`the head of the answer is longer than ${MAX_HEAD} bytes`);
        begun = rest;
        return undefined;
      }
      rest = rest.subarray(head.size);
      if (head.status >= 200 || head.status === 101) return { head, rest };
    }
  }

  function start(asking: Turn, head: AnswerHead): void {
    const framing = framingOf(asking.question.method, head);
    const queue = bodyQueue({
      pause: () => void socket.pause(),
      resume: () => void socket.resume(),
      destroy: () => fail(closedEarly()),
    });
    asking.body = { head, framing, queue };
    asking.resolve({ status: head.status, headers: head.headers, body: queue, discard: () => queue.discard() });
  }

  socket
    .on("data", (chunk: Buffer) => {
      try {
        take(chunk);
      } catch (error) {
        fail(error as Error); // a malformed answer
      }
    })
    .on("end", () => {
      ended = true;
      if (turn?.body?.framing.mayClose() === true) finish(turn, false);
      else fail(closedEarly());
    })
    .on("error", fail)
    .on("close", () => fail(closedEarly()))
    .on("timeout", () => {
      if (socket.connecting || turn?.body?.queue.isWaiting() === true) socket.setTimeout(silence);
      else if (turn === undefined) fail(closedEarly());
      else fail(failureAt(turn.question.url, "timeout", `it was silent for ${turn.question.readTimeout} seconds`));
    });

  const connection: Connection = {
    ask(question) {
      return new Promise((resolve, reject) => {
        const forget = onAbort(question.signal, () => fail(question.signal.reason as Error));
        turn = { question, resolve, reject, forget, body: undefined };
        if (!connection.isOpen) return fail(closedEarly());
        const milliseconds = question.readTimeout * 1000;
        if (milliseconds !== silence) socket.setTimeout((silence = milliseconds));
        socket.write(question.bytes, "latin1");
      });
    },
    get isOpen() {
      return !ended && !socket.destroyed;
    },
    hold(on) {
      if (on) socket.ref();
      else socket.unref();
    },
    destroy: () => fail(closedEarly()),
  };
  return connection;
}
