import { objectProperty } from '../../object-property.ts';
import {
  type Answer,
  type CallUnderWay,
  handIn,
  hashInPool,
  type Middleware,
  type MiddlewareStack,
  POOL_HASH_BYTES,
  passBy,
  watch,
} from './call-middleware.ts';
import { RequestTemplate } from './request-template.ts';

const OK = 200;
const SIGV4 = 'aws.auth#sigv4';
const NO_BYTES = new Uint8Array(0);

/** Makes a command, hands over its stack of middleware, and sends it through the client. */
export type SendCommand<Output> = (
  use: (stack: MiddlewareStack<Output>) => void,
  options: { readonly abortSignal: AbortSignal },
) => Promise<Output>;

export interface CallChannelOptions {
  /** True when nobody else sees the client's requests. */
  readonly isPrivate: boolean;
  /** True when calls may enter where the SDK signs. */
  readonly repeats: boolean;
}

/**
 * The way of calls that differ in their bodies only, one after the other.
 *
 * The first goes through all of the SDK. Later ones enter where it signs: what it does until then, more than half
 * of its work, would come out the same. Signing, clock, connection, answers and errors are the SDK's each time.
 */
export class CallChannel<Output> {
  readonly #options: CallChannelOptions;
  #call: CallUnderWay<Output> | undefined;
  #repeat: ((body: Uint8Array) => Promise<Answer<Output>>) | undefined;
  #identity: unknown;
  #isGood = false;

  constructor(options: CallChannelOptions) {
    this.#options = options;
  }

  /** Whose credentials its calls are for; undefined when there must be no other call. */
  get identity(): unknown {
    return this.#isGood ? this.#identity : undefined;
  }

  /** Throws what the SDK throws; then there must be no other call. */
  async send(call: CallUnderWay<Output>, sendCommand: SendCommand<Output>): Promise<Output> {
    this.#call = call;
    this.#isGood = false;
    call.isRepeated = this.#repeat !== undefined;
    const output = await (this.#repeat === undefined
      ? sendCommand((stack) => this.#use(stack), this.#sendOptions(call.signal))
      : this.#repeat(call.bytes).then((answer) => answer.output));
    this.#isGood = this.#repeat !== undefined && call.statusCode === OK && call.isSignalSeen;
    // Its body is not to be held until the next one.
    this.#call = undefined;
    return output;
  }

  #use(stack: MiddlewareStack<Output>): void {
    const { isPrivate, repeats } = this.#options;
    const call = (): CallUnderWay<Output> => this.#current();
    stack.addRelativeTo(handIn(call), {
      relation: 'after',
      toMiddleware: 'serializerMiddleware',
      name: 'collectorlessBody',
    });
    const atSigning = { relation: 'before', toMiddleware: 'httpSigningMiddleware' } as const;
    if (repeats) stack.addRelativeTo(this.#keep(), { ...atSigning, name: 'collectorlessRepeat' });
    // A user's client may sign in ways of its own.
    if (repeats || (isPrivate && call().bytes.length >= POOL_HASH_BYTES)) {
      stack.addRelativeTo(hashInPool(call), { ...atSigning, name: 'collectorlessHash' });
    }
    if (repeats) {
      const first = { step: 'deserialize', priority: 'high' } as const;
      stack.add(passBy(call), { ...first, name: 'collectorlessAnswer' });
    }
    stack.add(watch(call), { step: 'deserialize', name: 'collectorlessSent', priority: 'low' });
  }

  /** Keeps what is needed to enter here again. */
  #keep(): Middleware<Output> {
    return (next, context) => (args) => {
      const template = RequestTemplate.of(args.request);
      const scheme = objectProperty(
        objectProperty(context, '__smithy_context'),
        'selectedHttpAuthScheme',
      );
      const option = objectProperty(scheme, 'httpAuthOption');
      if (template !== undefined && objectProperty(option, 'schemeId') === SIGV4) {
        this.#identity = objectProperty(scheme, 'identity');
        const kept = { ...args, request: template.with(NO_BYTES) };
        this.#repeat = (body) => next({ ...kept, request: template.with(body) });
      }
      return next(args);
    };
  }

  #sendOptions(signal: AbortSignal): { readonly abortSignal: AbortSignal } {
    return this.#options.repeats ? this.#presentSignal() : { abortSignal: signal };
  }

  /**
   * What the SDK keeps of the first call has to show the signal of the present one, and may not hold its own: there
   * older versions leave a listener, and with it the body.
   */
  #presentSignal(): { readonly abortSignal: AbortSignal } {
    const call = (): CallUnderWay<Output> => this.#current();
    return {
      get abortSignal() {
        const current = call();
        current.isSignalSeen = true;
        return current.signal;
      },
    };
  }

  #current(): CallUnderWay<Output> {
    if (this.#call === undefined) throw new Error('No call is under way');
    return this.#call;
  }
}
