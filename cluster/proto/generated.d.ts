import * as $protobuf from "protobufjs";
import Long = require("long");

/** Namespace reducible. */
export namespace reducible {

    /** Namespace v1. */
    namespace v1 {

        /**
         * Properties of a WorkerMessage.
         * @deprecated Use reducible.v1.WorkerMessage.$Properties instead.
         */
        interface IWorkerMessage extends reducible.v1.WorkerMessage.$Properties {
        }

        /** Represents a WorkerMessage. */
        class WorkerMessage {

            /**
             * Constructs a new WorkerMessage.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.WorkerMessage.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** WorkerMessage join. */
            join?: (reducible.v1.Join.$Properties|null);

            /** WorkerMessage ready. */
            ready?: (reducible.v1.Ready.$Properties|null);

            /** WorkerMessage step. */
            step?: (reducible.v1.Step.$Properties|null);

            /** WorkerMessage finished. */
            finished?: (reducible.v1.Finished.$Properties|null);

            /** WorkerMessage failed. */
            failed?: (reducible.v1.Failed.$Properties|null);

            /** WorkerMessage measurement. */
            measurement?: (reducible.v1.Measurement.$Properties|null);

            /** WorkerMessage reduced. */
            reduced?: (reducible.v1.Reduced.$Properties|null);

            /** WorkerMessage kind. */
            kind?: ("join"|"ready"|"step"|"finished"|"failed"|"measurement"|"reduced");

            /**
             * Creates a new WorkerMessage instance using the specified properties.
             * @param [properties] Properties to set
             * @returns WorkerMessage instance
             */
            static create(properties: reducible.v1.WorkerMessage.$Shape): reducible.v1.WorkerMessage & reducible.v1.WorkerMessage.$Shape;
            static create(properties?: reducible.v1.WorkerMessage.$Properties): reducible.v1.WorkerMessage;

            /**
             * Encodes the specified WorkerMessage message. Does not implicitly {@link reducible.v1.WorkerMessage.verify|verify} messages.
             * @param message WorkerMessage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.WorkerMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a WorkerMessage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.WorkerMessage & reducible.v1.WorkerMessage.$Shape} WorkerMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.WorkerMessage & reducible.v1.WorkerMessage.$Shape;

            /**
             * Creates a WorkerMessage message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns WorkerMessage
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.WorkerMessage;

            /**
             * Creates a plain object from a WorkerMessage message. Also converts values to other types if specified.
             * @param message WorkerMessage
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.WorkerMessage, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this WorkerMessage to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace WorkerMessage {

            /** Properties of a WorkerMessage. */
            interface $Properties {

                /** WorkerMessage join */
                join?: (reducible.v1.Join.$Properties|null);

                /** WorkerMessage ready */
                ready?: (reducible.v1.Ready.$Properties|null);

                /** WorkerMessage step */
                step?: (reducible.v1.Step.$Properties|null);

                /** WorkerMessage finished */
                finished?: (reducible.v1.Finished.$Properties|null);

                /** WorkerMessage failed */
                failed?: (reducible.v1.Failed.$Properties|null);

                /** WorkerMessage measurement */
                measurement?: (reducible.v1.Measurement.$Properties|null);

                /** WorkerMessage reduced */
                reduced?: (reducible.v1.Reduced.$Properties|null);

                /** WorkerMessage kind */
                kind?: ("join"|"ready"|"step"|"finished"|"failed"|"measurement"|"reduced");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a WorkerMessage. */
            type $Shape = {
              join?: reducible.v1.Join.$Shape|null;
              ready?: reducible.v1.Ready.$Shape|null;
              step?: reducible.v1.Step.$Shape|null;
              finished?: reducible.v1.Finished.$Shape|null;
              failed?: reducible.v1.Failed.$Shape|null;
              measurement?: reducible.v1.Measurement.$Shape|null;
              reduced?: reducible.v1.Reduced.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ kind?: undefined; join?: null; ready?: null; step?: null; finished?: null; failed?: null; measurement?: null; reduced?: null }|{ kind?: "join"; join: reducible.v1.Join.$Shape; ready?: null; step?: null; finished?: null; failed?: null; measurement?: null; reduced?: null }|{ kind?: "ready"; join?: null; ready: reducible.v1.Ready.$Shape; step?: null; finished?: null; failed?: null; measurement?: null; reduced?: null }|{ kind?: "step"; join?: null; ready?: null; step: reducible.v1.Step.$Shape; finished?: null; failed?: null; measurement?: null; reduced?: null }|{ kind?: "finished"; join?: null; ready?: null; step?: null; finished: reducible.v1.Finished.$Shape; failed?: null; measurement?: null; reduced?: null }|{ kind?: "failed"; join?: null; ready?: null; step?: null; finished?: null; failed: reducible.v1.Failed.$Shape; measurement?: null; reduced?: null }|{ kind?: "measurement"; join?: null; ready?: null; step?: null; finished?: null; failed?: null; measurement: reducible.v1.Measurement.$Shape; reduced?: null }|{ kind?: "reduced"; join?: null; ready?: null; step?: null; finished?: null; failed?: null; measurement?: null; reduced: reducible.v1.Reduced.$Shape })
            );
        }

        /**
         * Properties of a CoordinatorMessage.
         * @deprecated Use reducible.v1.CoordinatorMessage.$Properties instead.
         */
        interface ICoordinatorMessage extends reducible.v1.CoordinatorMessage.$Properties {
        }

        /** Represents a CoordinatorMessage. */
        class CoordinatorMessage {

            /**
             * Constructs a new CoordinatorMessage.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.CoordinatorMessage.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CoordinatorMessage welcome. */
            welcome?: (reducible.v1.Welcome.$Properties|null);

            /** CoordinatorMessage start. */
            start?: (reducible.v1.Start.$Properties|null);

            /** CoordinatorMessage stop. */
            stop?: (reducible.v1.Stop.$Properties|null);

            /** CoordinatorMessage kind. */
            kind?: ("welcome"|"start"|"stop");

            /**
             * Creates a new CoordinatorMessage instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CoordinatorMessage instance
             */
            static create(properties: reducible.v1.CoordinatorMessage.$Shape): reducible.v1.CoordinatorMessage & reducible.v1.CoordinatorMessage.$Shape;
            static create(properties?: reducible.v1.CoordinatorMessage.$Properties): reducible.v1.CoordinatorMessage;

            /**
             * Encodes the specified CoordinatorMessage message. Does not implicitly {@link reducible.v1.CoordinatorMessage.verify|verify} messages.
             * @param message CoordinatorMessage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.CoordinatorMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CoordinatorMessage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.CoordinatorMessage & reducible.v1.CoordinatorMessage.$Shape} CoordinatorMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.CoordinatorMessage & reducible.v1.CoordinatorMessage.$Shape;

            /**
             * Creates a CoordinatorMessage message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns CoordinatorMessage
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.CoordinatorMessage;

            /**
             * Creates a plain object from a CoordinatorMessage message. Also converts values to other types if specified.
             * @param message CoordinatorMessage
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.CoordinatorMessage, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this CoordinatorMessage to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace CoordinatorMessage {

            /** Properties of a CoordinatorMessage. */
            interface $Properties {

                /** CoordinatorMessage welcome */
                welcome?: (reducible.v1.Welcome.$Properties|null);

                /** CoordinatorMessage start */
                start?: (reducible.v1.Start.$Properties|null);

                /** CoordinatorMessage stop */
                stop?: (reducible.v1.Stop.$Properties|null);

                /** CoordinatorMessage kind */
                kind?: ("welcome"|"start"|"stop");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a CoordinatorMessage. */
            type $Shape = {
              welcome?: reducible.v1.Welcome.$Shape|null;
              start?: reducible.v1.Start.$Shape|null;
              stop?: reducible.v1.Stop.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ kind?: undefined; welcome?: null; start?: null; stop?: null }|{ kind?: "welcome"; welcome: reducible.v1.Welcome.$Shape; start?: null; stop?: null }|{ kind?: "start"; welcome?: null; start: reducible.v1.Start.$Shape; stop?: null }|{ kind?: "stop"; welcome?: null; start?: null; stop: reducible.v1.Stop.$Shape })
            );
        }

        /**
         * Properties of an AgentMessage.
         * @deprecated Use reducible.v1.AgentMessage.$Properties instead.
         */
        interface IAgentMessage extends reducible.v1.AgentMessage.$Properties {
        }

        /** Represents an AgentMessage. */
        class AgentMessage {

            /**
             * Constructs a new AgentMessage.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.AgentMessage.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AgentMessage enroll. */
            enroll?: (reducible.v1.Enroll.$Properties|null);

            /** AgentMessage prepared. */
            prepared?: (reducible.v1.Prepared.$Properties|null);

            /** AgentMessage exited. */
            exited?: (reducible.v1.Exited.$Properties|null);

            /** AgentMessage failed. */
            failed?: (reducible.v1.Failed.$Properties|null);

            /** AgentMessage kind. */
            kind?: ("enroll"|"prepared"|"exited"|"failed");

            /**
             * Creates a new AgentMessage instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AgentMessage instance
             */
            static create(properties: reducible.v1.AgentMessage.$Shape): reducible.v1.AgentMessage & reducible.v1.AgentMessage.$Shape;
            static create(properties?: reducible.v1.AgentMessage.$Properties): reducible.v1.AgentMessage;

            /**
             * Encodes the specified AgentMessage message. Does not implicitly {@link reducible.v1.AgentMessage.verify|verify} messages.
             * @param message AgentMessage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.AgentMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AgentMessage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.AgentMessage & reducible.v1.AgentMessage.$Shape} AgentMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.AgentMessage & reducible.v1.AgentMessage.$Shape;

            /**
             * Creates an AgentMessage message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns AgentMessage
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.AgentMessage;

            /**
             * Creates a plain object from an AgentMessage message. Also converts values to other types if specified.
             * @param message AgentMessage
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.AgentMessage, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this AgentMessage to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace AgentMessage {

            /** Properties of an AgentMessage. */
            interface $Properties {

                /** AgentMessage enroll */
                enroll?: (reducible.v1.Enroll.$Properties|null);

                /** AgentMessage prepared */
                prepared?: (reducible.v1.Prepared.$Properties|null);

                /** AgentMessage exited */
                exited?: (reducible.v1.Exited.$Properties|null);

                /** AgentMessage failed */
                failed?: (reducible.v1.Failed.$Properties|null);

                /** AgentMessage kind */
                kind?: ("enroll"|"prepared"|"exited"|"failed");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of an AgentMessage. */
            type $Shape = {
              enroll?: reducible.v1.Enroll.$Shape|null;
              prepared?: reducible.v1.Prepared.$Shape|null;
              exited?: reducible.v1.Exited.$Shape|null;
              failed?: reducible.v1.Failed.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ kind?: undefined; enroll?: null; prepared?: null; exited?: null; failed?: null }|{ kind?: "enroll"; enroll: reducible.v1.Enroll.$Shape; prepared?: null; exited?: null; failed?: null }|{ kind?: "prepared"; enroll?: null; prepared: reducible.v1.Prepared.$Shape; exited?: null; failed?: null }|{ kind?: "exited"; enroll?: null; prepared?: null; exited: reducible.v1.Exited.$Shape; failed?: null }|{ kind?: "failed"; enroll?: null; prepared?: null; exited?: null; failed: reducible.v1.Failed.$Shape })
            );
        }

        /**
         * Properties of an AgentOrder.
         * @deprecated Use reducible.v1.AgentOrder.$Properties instead.
         */
        interface IAgentOrder extends reducible.v1.AgentOrder.$Properties {
        }

        /** Represents an AgentOrder. */
        class AgentOrder {

            /**
             * Constructs a new AgentOrder.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.AgentOrder.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AgentOrder enrolled. */
            enrolled?: (reducible.v1.Enrolled.$Properties|null);

            /** AgentOrder launch. */
            launch?: (reducible.v1.Launch.$Properties|null);

            /** AgentOrder end. */
            end?: (reducible.v1.End.$Properties|null);

            /** AgentOrder stop. */
            stop?: (reducible.v1.Stop.$Properties|null);

            /** AgentOrder failed. */
            failed?: (reducible.v1.Failed.$Properties|null);

            /** AgentOrder kind. */
            kind?: ("enrolled"|"launch"|"end"|"stop"|"failed");

            /**
             * Creates a new AgentOrder instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AgentOrder instance
             */
            static create(properties: reducible.v1.AgentOrder.$Shape): reducible.v1.AgentOrder & reducible.v1.AgentOrder.$Shape;
            static create(properties?: reducible.v1.AgentOrder.$Properties): reducible.v1.AgentOrder;

            /**
             * Encodes the specified AgentOrder message. Does not implicitly {@link reducible.v1.AgentOrder.verify|verify} messages.
             * @param message AgentOrder message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.AgentOrder.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AgentOrder message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.AgentOrder & reducible.v1.AgentOrder.$Shape} AgentOrder
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.AgentOrder & reducible.v1.AgentOrder.$Shape;

            /**
             * Creates an AgentOrder message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns AgentOrder
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.AgentOrder;

            /**
             * Creates a plain object from an AgentOrder message. Also converts values to other types if specified.
             * @param message AgentOrder
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.AgentOrder, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this AgentOrder to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace AgentOrder {

            /** Properties of an AgentOrder. */
            interface $Properties {

                /** AgentOrder enrolled */
                enrolled?: (reducible.v1.Enrolled.$Properties|null);

                /** AgentOrder launch */
                launch?: (reducible.v1.Launch.$Properties|null);

                /** AgentOrder end */
                end?: (reducible.v1.End.$Properties|null);

                /** AgentOrder stop */
                stop?: (reducible.v1.Stop.$Properties|null);

                /** AgentOrder failed */
                failed?: (reducible.v1.Failed.$Properties|null);

                /** AgentOrder kind */
                kind?: ("enrolled"|"launch"|"end"|"stop"|"failed");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of an AgentOrder. */
            type $Shape = {
              enrolled?: reducible.v1.Enrolled.$Shape|null;
              launch?: reducible.v1.Launch.$Shape|null;
              end?: reducible.v1.End.$Shape|null;
              stop?: reducible.v1.Stop.$Shape|null;
              failed?: reducible.v1.Failed.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ kind?: undefined; enrolled?: null; launch?: null; end?: null; stop?: null; failed?: null }|{ kind?: "enrolled"; enrolled: reducible.v1.Enrolled.$Shape; launch?: null; end?: null; stop?: null; failed?: null }|{ kind?: "launch"; enrolled?: null; launch: reducible.v1.Launch.$Shape; end?: null; stop?: null; failed?: null }|{ kind?: "end"; enrolled?: null; launch?: null; end: reducible.v1.End.$Shape; stop?: null; failed?: null }|{ kind?: "stop"; enrolled?: null; launch?: null; end?: null; stop: reducible.v1.Stop.$Shape; failed?: null }|{ kind?: "failed"; enrolled?: null; launch?: null; end?: null; stop?: null; failed: reducible.v1.Failed.$Shape })
            );
        }

        /**
         * Properties of an Enroll.
         * @deprecated Use reducible.v1.Enroll.$Properties instead.
         */
        interface IEnroll extends reducible.v1.Enroll.$Properties {
        }

        /** Represents an Enroll. */
        class Enroll {

            /**
             * Constructs a new Enroll.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.Enroll.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Enroll rank. */
            rank?: (number|null);

            /** Enroll worldSize. */
            worldSize?: (number|null);

            /** Enroll sourceDigest. */
            sourceDigest: string;

            /** Enroll lockfileDigest. */
            lockfileDigest: string;

            /** Enroll kernelsDigest. */
            kernelsDigest: string;

            /** Enroll containerDigest. */
            containerDigest: string;

            /** Enroll hostname. */
            hostname: string;

            /** Enroll pid. */
            pid: number;

            /** Enroll hostJson. */
            hostJson: string;

            /** Enroll placementJson. */
            placementJson: string;

            /**
             * Creates a new Enroll instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Enroll instance
             */
            static create(properties: reducible.v1.Enroll.$Shape): reducible.v1.Enroll & reducible.v1.Enroll.$Shape;
            static create(properties?: reducible.v1.Enroll.$Properties): reducible.v1.Enroll;

            /**
             * Encodes the specified Enroll message. Does not implicitly {@link reducible.v1.Enroll.verify|verify} messages.
             * @param message Enroll message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.Enroll.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Enroll message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.Enroll & reducible.v1.Enroll.$Shape} Enroll
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.Enroll & reducible.v1.Enroll.$Shape;

            /**
             * Creates an Enroll message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Enroll
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.Enroll;

            /**
             * Creates a plain object from an Enroll message. Also converts values to other types if specified.
             * @param message Enroll
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.Enroll, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Enroll to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Enroll {

            /** Properties of an Enroll. */
            interface $Properties {

                /** Enroll rank */
                rank?: (number|null);

                /** Enroll worldSize */
                worldSize?: (number|null);

                /** Enroll sourceDigest */
                sourceDigest?: (string|null);

                /** Enroll lockfileDigest */
                lockfileDigest?: (string|null);

                /** Enroll kernelsDigest */
                kernelsDigest?: (string|null);

                /** Enroll containerDigest */
                containerDigest?: (string|null);

                /** Enroll hostname */
                hostname?: (string|null);

                /** Enroll pid */
                pid?: (number|null);

                /** Enroll hostJson */
                hostJson?: (string|null);

                /** Enroll placementJson */
                placementJson?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Enroll. */
            type $Shape = reducible.v1.Enroll.$Properties;
        }

        /**
         * Properties of an Enrolled.
         * @deprecated Use reducible.v1.Enrolled.$Properties instead.
         */
        interface IEnrolled extends reducible.v1.Enrolled.$Properties {
        }

        /** Represents an Enrolled. */
        class Enrolled {

            /**
             * Constructs a new Enrolled.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.Enrolled.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Enrolled rank. */
            rank: number;

            /** Enrolled worldSize. */
            worldSize: number;

            /** Enrolled adapter. */
            adapter: string;

            /**
             * Creates a new Enrolled instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Enrolled instance
             */
            static create(properties: reducible.v1.Enrolled.$Shape): reducible.v1.Enrolled & reducible.v1.Enrolled.$Shape;
            static create(properties?: reducible.v1.Enrolled.$Properties): reducible.v1.Enrolled;

            /**
             * Encodes the specified Enrolled message. Does not implicitly {@link reducible.v1.Enrolled.verify|verify} messages.
             * @param message Enrolled message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.Enrolled.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Enrolled message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.Enrolled & reducible.v1.Enrolled.$Shape} Enrolled
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.Enrolled & reducible.v1.Enrolled.$Shape;

            /**
             * Creates an Enrolled message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Enrolled
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.Enrolled;

            /**
             * Creates a plain object from an Enrolled message. Also converts values to other types if specified.
             * @param message Enrolled
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.Enrolled, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Enrolled to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Enrolled {

            /** Properties of an Enrolled. */
            interface $Properties {

                /** Enrolled rank */
                rank?: (number|null);

                /** Enrolled worldSize */
                worldSize?: (number|null);

                /** Enrolled adapter */
                adapter?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Enrolled. */
            type $Shape = reducible.v1.Enrolled.$Properties;
        }

        /**
         * Properties of a Prepared.
         * @deprecated Use reducible.v1.Prepared.$Properties instead.
         */
        interface IPrepared extends reducible.v1.Prepared.$Properties {
        }

        /** Represents a Prepared. */
        class Prepared {

            /**
             * Constructs a new Prepared.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.Prepared.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Prepared probeJson. */
            probeJson: string;

            /** Prepared nodeJson. */
            nodeJson: string;

            /**
             * Creates a new Prepared instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Prepared instance
             */
            static create(properties: reducible.v1.Prepared.$Shape): reducible.v1.Prepared & reducible.v1.Prepared.$Shape;
            static create(properties?: reducible.v1.Prepared.$Properties): reducible.v1.Prepared;

            /**
             * Encodes the specified Prepared message. Does not implicitly {@link reducible.v1.Prepared.verify|verify} messages.
             * @param message Prepared message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.Prepared.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Prepared message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.Prepared & reducible.v1.Prepared.$Shape} Prepared
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.Prepared & reducible.v1.Prepared.$Shape;

            /**
             * Creates a Prepared message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Prepared
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.Prepared;

            /**
             * Creates a plain object from a Prepared message. Also converts values to other types if specified.
             * @param message Prepared
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.Prepared, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Prepared to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Prepared {

            /** Properties of a Prepared. */
            interface $Properties {

                /** Prepared probeJson */
                probeJson?: (string|null);

                /** Prepared nodeJson */
                nodeJson?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Prepared. */
            type $Shape = reducible.v1.Prepared.$Properties;
        }

        /**
         * Properties of a Launch.
         * @deprecated Use reducible.v1.Launch.$Properties instead.
         */
        interface ILaunch extends reducible.v1.Launch.$Properties {
        }

        /** Represents a Launch. */
        class Launch {

            /**
             * Constructs a new Launch.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.Launch.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Launch trial. */
            trial: string;

            /** Launch launchIndex. */
            launchIndex: number;

            /**
             * Creates a new Launch instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Launch instance
             */
            static create(properties: reducible.v1.Launch.$Shape): reducible.v1.Launch & reducible.v1.Launch.$Shape;
            static create(properties?: reducible.v1.Launch.$Properties): reducible.v1.Launch;

            /**
             * Encodes the specified Launch message. Does not implicitly {@link reducible.v1.Launch.verify|verify} messages.
             * @param message Launch message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.Launch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Launch message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.Launch & reducible.v1.Launch.$Shape} Launch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.Launch & reducible.v1.Launch.$Shape;

            /**
             * Creates a Launch message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Launch
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.Launch;

            /**
             * Creates a plain object from a Launch message. Also converts values to other types if specified.
             * @param message Launch
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.Launch, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Launch to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Launch {

            /** Properties of a Launch. */
            interface $Properties {

                /** Launch trial */
                trial?: (string|null);

                /** Launch launchIndex */
                launchIndex?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Launch. */
            type $Shape = reducible.v1.Launch.$Properties;
        }

        /**
         * Properties of an End.
         * @deprecated Use reducible.v1.End.$Properties instead.
         */
        interface IEnd extends reducible.v1.End.$Properties {
        }

        /** Represents an End. */
        class End {

            /**
             * Constructs a new End.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.End.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** End trial. */
            trial: string;

            /** End launchIndex. */
            launchIndex: number;

            /**
             * Creates a new End instance using the specified properties.
             * @param [properties] Properties to set
             * @returns End instance
             */
            static create(properties: reducible.v1.End.$Shape): reducible.v1.End & reducible.v1.End.$Shape;
            static create(properties?: reducible.v1.End.$Properties): reducible.v1.End;

            /**
             * Encodes the specified End message. Does not implicitly {@link reducible.v1.End.verify|verify} messages.
             * @param message End message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.End.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an End message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.End & reducible.v1.End.$Shape} End
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.End & reducible.v1.End.$Shape;

            /**
             * Creates an End message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns End
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.End;

            /**
             * Creates a plain object from an End message. Also converts values to other types if specified.
             * @param message End
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.End, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this End to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace End {

            /** Properties of an End. */
            interface $Properties {

                /** End trial */
                trial?: (string|null);

                /** End launchIndex */
                launchIndex?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an End. */
            type $Shape = reducible.v1.End.$Properties;
        }

        /**
         * Properties of an Exited.
         * @deprecated Use reducible.v1.Exited.$Properties instead.
         */
        interface IExited extends reducible.v1.Exited.$Properties {
        }

        /** Represents an Exited. */
        class Exited {

            /**
             * Constructs a new Exited.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.Exited.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Exited trial. */
            trial: string;

            /** Exited launchIndex. */
            launchIndex: number;

            /** Exited how. */
            how: string;

            /** Exited lastLines. */
            lastLines: string;

            /**
             * Creates a new Exited instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Exited instance
             */
            static create(properties: reducible.v1.Exited.$Shape): reducible.v1.Exited & reducible.v1.Exited.$Shape;
            static create(properties?: reducible.v1.Exited.$Properties): reducible.v1.Exited;

            /**
             * Encodes the specified Exited message. Does not implicitly {@link reducible.v1.Exited.verify|verify} messages.
             * @param message Exited message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.Exited.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Exited message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.Exited & reducible.v1.Exited.$Shape} Exited
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.Exited & reducible.v1.Exited.$Shape;

            /**
             * Creates an Exited message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Exited
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.Exited;

            /**
             * Creates a plain object from an Exited message. Also converts values to other types if specified.
             * @param message Exited
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.Exited, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Exited to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Exited {

            /** Properties of an Exited. */
            interface $Properties {

                /** Exited trial */
                trial?: (string|null);

                /** Exited launchIndex */
                launchIndex?: (number|null);

                /** Exited how */
                how?: (string|null);

                /** Exited lastLines */
                lastLines?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Exited. */
            type $Shape = reducible.v1.Exited.$Properties;
        }

        /**
         * Properties of a Join.
         * @deprecated Use reducible.v1.Join.$Properties instead.
         */
        interface IJoin extends reducible.v1.Join.$Properties {
        }

        /** Represents a Join. */
        class Join {

            /**
             * Constructs a new Join.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.Join.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Join trial. */
            trial: string;

            /** Join launchIndex. */
            launchIndex: number;

            /** Join sourceDigest. */
            sourceDigest: string;

            /** Join lockfileDigest. */
            lockfileDigest: string;

            /** Join kernelsDigest. */
            kernelsDigest: string;

            /** Join pid. */
            pid: number;

            /** Join containerDigest. */
            containerDigest: string;

            /** Join hostname. */
            hostname: string;

            /**
             * Creates a new Join instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Join instance
             */
            static create(properties: reducible.v1.Join.$Shape): reducible.v1.Join & reducible.v1.Join.$Shape;
            static create(properties?: reducible.v1.Join.$Properties): reducible.v1.Join;

            /**
             * Encodes the specified Join message. Does not implicitly {@link reducible.v1.Join.verify|verify} messages.
             * @param message Join message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.Join.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Join message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.Join & reducible.v1.Join.$Shape} Join
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.Join & reducible.v1.Join.$Shape;

            /**
             * Creates a Join message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Join
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.Join;

            /**
             * Creates a plain object from a Join message. Also converts values to other types if specified.
             * @param message Join
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.Join, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Join to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Join {

            /** Properties of a Join. */
            interface $Properties {

                /** Join trial */
                trial?: (string|null);

                /** Join launchIndex */
                launchIndex?: (number|null);

                /** Join sourceDigest */
                sourceDigest?: (string|null);

                /** Join lockfileDigest */
                lockfileDigest?: (string|null);

                /** Join kernelsDigest */
                kernelsDigest?: (string|null);

                /** Join pid */
                pid?: (number|null);

                /** Join containerDigest */
                containerDigest?: (string|null);

                /** Join hostname */
                hostname?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Join. */
            type $Shape = reducible.v1.Join.$Properties;
        }

        /**
         * Properties of a Welcome.
         * @deprecated Use reducible.v1.Welcome.$Properties instead.
         */
        interface IWelcome extends reducible.v1.Welcome.$Properties {
        }

        /** Represents a Welcome. */
        class Welcome {

            /**
             * Constructs a new Welcome.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.Welcome.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Welcome node. */
            node: number;

            /** Welcome nodeCount. */
            nodeCount: number;

            /** Welcome assignmentJson. */
            assignmentJson: string;

            /**
             * Creates a new Welcome instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Welcome instance
             */
            static create(properties: reducible.v1.Welcome.$Shape): reducible.v1.Welcome & reducible.v1.Welcome.$Shape;
            static create(properties?: reducible.v1.Welcome.$Properties): reducible.v1.Welcome;

            /**
             * Encodes the specified Welcome message. Does not implicitly {@link reducible.v1.Welcome.verify|verify} messages.
             * @param message Welcome message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.Welcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Welcome message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.Welcome & reducible.v1.Welcome.$Shape} Welcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.Welcome & reducible.v1.Welcome.$Shape;

            /**
             * Creates a Welcome message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Welcome
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.Welcome;

            /**
             * Creates a plain object from a Welcome message. Also converts values to other types if specified.
             * @param message Welcome
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.Welcome, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Welcome to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Welcome {

            /** Properties of a Welcome. */
            interface $Properties {

                /** Welcome node */
                node?: (number|null);

                /** Welcome nodeCount */
                nodeCount?: (number|null);

                /** Welcome assignmentJson */
                assignmentJson?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Welcome. */
            type $Shape = reducible.v1.Welcome.$Properties;
        }

        /**
         * Properties of a Ready.
         * @deprecated Use reducible.v1.Ready.$Properties instead.
         */
        interface IReady extends reducible.v1.Ready.$Properties {
        }

        /** Represents a Ready. */
        class Ready {

            /**
             * Constructs a new Ready.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.Ready.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Ready exchangeAddresses. */
            exchangeAddresses: string[];

            /** Ready adapterJson. */
            adapterJson: string;

            /** Ready dataDigests. */
            dataDigests: { [k: string]: string };

            /** Ready rowMapDigest. */
            rowMapDigest: string;

            /** Ready readyMs. */
            readyMs: number;

            /** Ready linkAddress. */
            linkAddress: string;

            /** Ready gpuId. */
            gpuId: string;

            /**
             * Creates a new Ready instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Ready instance
             */
            static create(properties: reducible.v1.Ready.$Shape): reducible.v1.Ready & reducible.v1.Ready.$Shape;
            static create(properties?: reducible.v1.Ready.$Properties): reducible.v1.Ready;

            /**
             * Encodes the specified Ready message. Does not implicitly {@link reducible.v1.Ready.verify|verify} messages.
             * @param message Ready message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.Ready.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Ready message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.Ready & reducible.v1.Ready.$Shape} Ready
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.Ready & reducible.v1.Ready.$Shape;

            /**
             * Creates a Ready message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Ready
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.Ready;

            /**
             * Creates a plain object from a Ready message. Also converts values to other types if specified.
             * @param message Ready
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.Ready, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Ready to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Ready {

            /** Properties of a Ready. */
            interface $Properties {

                /** Ready exchangeAddresses */
                exchangeAddresses?: (string[]|null);

                /** Ready adapterJson */
                adapterJson?: (string|null);

                /** Ready dataDigests */
                dataDigests?: ({ [k: string]: string }|null);

                /** Ready rowMapDigest */
                rowMapDigest?: (string|null);

                /** Ready readyMs */
                readyMs?: (number|null);

                /** Ready linkAddress */
                linkAddress?: (string|null);

                /** Ready gpuId */
                gpuId?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Ready. */
            type $Shape = reducible.v1.Ready.$Properties;
        }

        /**
         * Properties of a Start.
         * @deprecated Use reducible.v1.Start.$Properties instead.
         */
        interface IStart extends reducible.v1.Start.$Properties {
        }

        /** Represents a Start. */
        class Start {

            /**
             * Constructs a new Start.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.Start.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Start exchangeAddresses. */
            exchangeAddresses: string[];

            /** Start linkAddresses. */
            linkAddresses: string[];

            /**
             * Creates a new Start instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Start instance
             */
            static create(properties: reducible.v1.Start.$Shape): reducible.v1.Start & reducible.v1.Start.$Shape;
            static create(properties?: reducible.v1.Start.$Properties): reducible.v1.Start;

            /**
             * Encodes the specified Start message. Does not implicitly {@link reducible.v1.Start.verify|verify} messages.
             * @param message Start message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.Start.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Start message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.Start & reducible.v1.Start.$Shape} Start
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.Start & reducible.v1.Start.$Shape;

            /**
             * Creates a Start message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Start
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.Start;

            /**
             * Creates a plain object from a Start message. Also converts values to other types if specified.
             * @param message Start
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.Start, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Start to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Start {

            /** Properties of a Start. */
            interface $Properties {

                /** Start exchangeAddresses */
                exchangeAddresses?: (string[]|null);

                /** Start linkAddresses */
                linkAddresses?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Start. */
            type $Shape = reducible.v1.Start.$Properties;
        }

        /**
         * Properties of a Stop.
         * @deprecated Use reducible.v1.Stop.$Properties instead.
         */
        interface IStop extends reducible.v1.Stop.$Properties {
        }

        /** Represents a Stop. */
        class Stop {

            /**
             * Constructs a new Stop.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.Stop.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Stop reason. */
            reason: string;

            /**
             * Creates a new Stop instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Stop instance
             */
            static create(properties: reducible.v1.Stop.$Shape): reducible.v1.Stop & reducible.v1.Stop.$Shape;
            static create(properties?: reducible.v1.Stop.$Properties): reducible.v1.Stop;

            /**
             * Encodes the specified Stop message. Does not implicitly {@link reducible.v1.Stop.verify|verify} messages.
             * @param message Stop message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.Stop.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Stop message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.Stop & reducible.v1.Stop.$Shape} Stop
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.Stop & reducible.v1.Stop.$Shape;

            /**
             * Creates a Stop message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Stop
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.Stop;

            /**
             * Creates a plain object from a Stop message. Also converts values to other types if specified.
             * @param message Stop
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.Stop, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Stop to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Stop {

            /** Properties of a Stop. */
            interface $Properties {

                /** Stop reason */
                reason?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Stop. */
            type $Shape = reducible.v1.Stop.$Properties;
        }

        /**
         * Properties of a Step.
         * @deprecated Use reducible.v1.Step.$Properties instead.
         */
        interface IStep extends reducible.v1.Step.$Properties {
        }

        /** Represents a Step. */
        class Step {

            /**
             * Constructs a new Step.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.Step.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Step step. */
            step: number;

            /** Step weightsHash. */
            weightsHash: string;

            /** Step loss. */
            loss: number;

            /** Step dispatches. */
            dispatches: number;

            /** Step updateDispatches. */
            updateDispatches: number;

            /** Step gpuNs. */
            gpuNs?: (number|null);

            /** Step stepNs. */
            stepNs: number;

            /** Step weights. */
            weights: Uint8Array;

            /** Step buckets. */
            buckets: reducible.v1.Bucket.$Properties[];

            /** Step contributions. */
            contributions: Uint8Array[];

            /** Step reduced. */
            reduced: Uint8Array;

            /** Step startedMs. */
            startedMs: number;

            /** Step phases. */
            phases?: (reducible.v1.Phases.$Properties|null);

            /**
             * Creates a new Step instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Step instance
             */
            static create(properties: reducible.v1.Step.$Shape): reducible.v1.Step & reducible.v1.Step.$Shape;
            static create(properties?: reducible.v1.Step.$Properties): reducible.v1.Step;

            /**
             * Encodes the specified Step message. Does not implicitly {@link reducible.v1.Step.verify|verify} messages.
             * @param message Step message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.Step.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Step message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.Step & reducible.v1.Step.$Shape} Step
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.Step & reducible.v1.Step.$Shape;

            /**
             * Creates a Step message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Step
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.Step;

            /**
             * Creates a plain object from a Step message. Also converts values to other types if specified.
             * @param message Step
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.Step, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Step to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Step {

            /** Properties of a Step. */
            interface $Properties {

                /** Step step */
                step?: (number|null);

                /** Step weightsHash */
                weightsHash?: (string|null);

                /** Step loss */
                loss?: (number|null);

                /** Step dispatches */
                dispatches?: (number|null);

                /** Step updateDispatches */
                updateDispatches?: (number|null);

                /** Step gpuNs */
                gpuNs?: (number|null);

                /** Step stepNs */
                stepNs?: (number|null);

                /** Step weights */
                weights?: (Uint8Array|null);

                /** Step buckets */
                buckets?: (reducible.v1.Bucket.$Properties[]|null);

                /** Step contributions */
                contributions?: (Uint8Array[]|null);

                /** Step reduced */
                reduced?: (Uint8Array|null);

                /** Step startedMs */
                startedMs?: (number|null);

                /** Step phases */
                phases?: (reducible.v1.Phases.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Step. */
            type $Shape = reducible.v1.Step.$Properties;
        }

        /**
         * Properties of a Phases.
         * @deprecated Use reducible.v1.Phases.$Properties instead.
         */
        interface IPhases extends reducible.v1.Phases.$Properties {
        }

        /** Represents a Phases. */
        class Phases {

            /**
             * Constructs a new Phases.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.Phases.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Phases rowsNs. */
            rowsNs: number;

            /** Phases uploadNs. */
            uploadNs: number;

            /** Phases dispatchNs. */
            dispatchNs: number;

            /** Phases computeNs. */
            computeNs: number;

            /** Phases readbackNs. */
            readbackNs: number;

            /** Phases updateNs. */
            updateNs: number;

            /** Phases paceNs. */
            paceNs: number;

            /** Phases recordNs. */
            recordNs: number;

            /**
             * Creates a new Phases instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Phases instance
             */
            static create(properties: reducible.v1.Phases.$Shape): reducible.v1.Phases & reducible.v1.Phases.$Shape;
            static create(properties?: reducible.v1.Phases.$Properties): reducible.v1.Phases;

            /**
             * Encodes the specified Phases message. Does not implicitly {@link reducible.v1.Phases.verify|verify} messages.
             * @param message Phases message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.Phases.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Phases message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.Phases & reducible.v1.Phases.$Shape} Phases
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.Phases & reducible.v1.Phases.$Shape;

            /**
             * Creates a Phases message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Phases
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.Phases;

            /**
             * Creates a plain object from a Phases message. Also converts values to other types if specified.
             * @param message Phases
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.Phases, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Phases to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Phases {

            /** Properties of a Phases. */
            interface $Properties {

                /** Phases rowsNs */
                rowsNs?: (number|null);

                /** Phases uploadNs */
                uploadNs?: (number|null);

                /** Phases dispatchNs */
                dispatchNs?: (number|null);

                /** Phases computeNs */
                computeNs?: (number|null);

                /** Phases readbackNs */
                readbackNs?: (number|null);

                /** Phases updateNs */
                updateNs?: (number|null);

                /** Phases paceNs */
                paceNs?: (number|null);

                /** Phases recordNs */
                recordNs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Phases. */
            type $Shape = reducible.v1.Phases.$Properties;
        }

        /**
         * Properties of a Bucket.
         * @deprecated Use reducible.v1.Bucket.$Properties instead.
         */
        interface IBucket extends reducible.v1.Bucket.$Properties {
        }

        /** Represents a Bucket. */
        class Bucket {

            /**
             * Constructs a new Bucket.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.Bucket.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Bucket start. */
            start: number;

            /** Bucket end. */
            end: number;

            /** Bucket readNs. */
            readNs: number;

            /** Bucket reduceStartNs. */
            reduceStartNs: number;

            /** Bucket reduceEndNs. */
            reduceEndNs: number;

            /** Bucket orderCertificate. */
            orderCertificate: string;

            /** Bucket order. */
            order: string;

            /** Bucket addedNs. */
            addedNs: number[];

            /** Bucket sendNs. */
            sendNs: number;

            /** Bucket addNs. */
            addNs: number;

            /**
             * Creates a new Bucket instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Bucket instance
             */
            static create(properties: reducible.v1.Bucket.$Shape): reducible.v1.Bucket & reducible.v1.Bucket.$Shape;
            static create(properties?: reducible.v1.Bucket.$Properties): reducible.v1.Bucket;

            /**
             * Encodes the specified Bucket message. Does not implicitly {@link reducible.v1.Bucket.verify|verify} messages.
             * @param message Bucket message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.Bucket.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Bucket message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.Bucket & reducible.v1.Bucket.$Shape} Bucket
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.Bucket & reducible.v1.Bucket.$Shape;

            /**
             * Creates a Bucket message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Bucket
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.Bucket;

            /**
             * Creates a plain object from a Bucket message. Also converts values to other types if specified.
             * @param message Bucket
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.Bucket, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Bucket to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Bucket {

            /** Properties of a Bucket. */
            interface $Properties {

                /** Bucket start */
                start?: (number|null);

                /** Bucket end */
                end?: (number|null);

                /** Bucket readNs */
                readNs?: (number|null);

                /** Bucket reduceStartNs */
                reduceStartNs?: (number|null);

                /** Bucket reduceEndNs */
                reduceEndNs?: (number|null);

                /** Bucket orderCertificate */
                orderCertificate?: (string|null);

                /** Bucket order */
                order?: (string|null);

                /** Bucket addedNs */
                addedNs?: (number[]|null);

                /** Bucket sendNs */
                sendNs?: (number|null);

                /** Bucket addNs */
                addNs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Bucket. */
            type $Shape = reducible.v1.Bucket.$Properties;
        }

        /**
         * Properties of a Finished.
         * @deprecated Use reducible.v1.Finished.$Properties instead.
         */
        interface IFinished extends reducible.v1.Finished.$Properties {
        }

        /** Represents a Finished. */
        class Finished {

            /**
             * Constructs a new Finished.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.Finished.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Finished lossSum. */
            lossSum: number;

            /** Finished hits. */
            hits: number;

            /** Finished digest. */
            digest: string;

            /** Finished weights. */
            weights: Uint8Array;

            /** Finished cpuMsByThread. */
            cpuMsByThread: { [k: string]: number };

            /** Finished bytesSent. */
            bytesSent: number;

            /** Finished trainNs. */
            trainNs: number;

            /** Finished divergedStep. */
            divergedStep: number;

            /** Finished orderCertificate. */
            orderCertificate: string;

            /** Finished order. */
            order: string;

            /** Finished capturedJson. */
            capturedJson: string;

            /** Finished coresBusy. */
            coresBusy?: (number|null);

            /** Finished coreWait. */
            coreWait?: (number|null);

            /**
             * Creates a new Finished instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Finished instance
             */
            static create(properties: reducible.v1.Finished.$Shape): reducible.v1.Finished & reducible.v1.Finished.$Shape;
            static create(properties?: reducible.v1.Finished.$Properties): reducible.v1.Finished;

            /**
             * Encodes the specified Finished message. Does not implicitly {@link reducible.v1.Finished.verify|verify} messages.
             * @param message Finished message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.Finished.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Finished message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.Finished & reducible.v1.Finished.$Shape} Finished
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.Finished & reducible.v1.Finished.$Shape;

            /**
             * Creates a Finished message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Finished
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.Finished;

            /**
             * Creates a plain object from a Finished message. Also converts values to other types if specified.
             * @param message Finished
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.Finished, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Finished to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Finished {

            /** Properties of a Finished. */
            interface $Properties {

                /** Finished lossSum */
                lossSum?: (number|null);

                /** Finished hits */
                hits?: (number|null);

                /** Finished digest */
                digest?: (string|null);

                /** Finished weights */
                weights?: (Uint8Array|null);

                /** Finished cpuMsByThread */
                cpuMsByThread?: ({ [k: string]: number }|null);

                /** Finished bytesSent */
                bytesSent?: (number|null);

                /** Finished trainNs */
                trainNs?: (number|null);

                /** Finished divergedStep */
                divergedStep?: (number|null);

                /** Finished orderCertificate */
                orderCertificate?: (string|null);

                /** Finished order */
                order?: (string|null);

                /** Finished capturedJson */
                capturedJson?: (string|null);

                /** Finished coresBusy */
                coresBusy?: (number|null);

                /** Finished coreWait */
                coreWait?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Finished. */
            type $Shape = reducible.v1.Finished.$Properties;
        }

        /**
         * Properties of a Measurement.
         * @deprecated Use reducible.v1.Measurement.$Properties instead.
         */
        interface IMeasurement extends reducible.v1.Measurement.$Properties {
        }

        /** Represents a Measurement. */
        class Measurement {

            /**
             * Constructs a new Measurement.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.Measurement.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Measurement point. */
            point: number;

            /** Measurement seconds. */
            seconds: number[];

            /** Measurement wrong. */
            wrong: number;

            /** Measurement digest. */
            digest: string;

            /** Measurement twinDigest. */
            twinDigest: string;

            /** Measurement orderCertificate. */
            orderCertificate: string;

            /** Measurement wireBytes. */
            wireBytes: number;

            /** Measurement peakResidentBytes. */
            peakResidentBytes: number;

            /** Measurement arrivals. */
            arrivals: number[];

            /** Measurement nonFinite. */
            nonFinite: number;

            /** Measurement ciReached. */
            ciReached: boolean;

            /** Measurement buffersMade. */
            buffersMade: number;

            /** Measurement messagesSent. */
            messagesSent: number;

            /** Measurement messagesReceived. */
            messagesReceived: number;

            /** Measurement messageBytesSent. */
            messageBytesSent: number;

            /** Measurement messageBytesReceived. */
            messageBytesReceived: number;

            /** Measurement rank. */
            rank: number;

            /** Measurement wireBytesShared. */
            wireBytesShared: number;

            /** Measurement wireBytesGrpc. */
            wireBytesGrpc: number;

            /** Measurement errorMaxUnits. */
            errorMaxUnits: number;

            /** Measurement errorMeanUnits. */
            errorMeanUnits: number;

            /** Measurement coreWait. */
            coreWait?: (number|null);

            /**
             * Creates a new Measurement instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Measurement instance
             */
            static create(properties: reducible.v1.Measurement.$Shape): reducible.v1.Measurement & reducible.v1.Measurement.$Shape;
            static create(properties?: reducible.v1.Measurement.$Properties): reducible.v1.Measurement;

            /**
             * Encodes the specified Measurement message. Does not implicitly {@link reducible.v1.Measurement.verify|verify} messages.
             * @param message Measurement message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.Measurement.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Measurement message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.Measurement & reducible.v1.Measurement.$Shape} Measurement
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.Measurement & reducible.v1.Measurement.$Shape;

            /**
             * Creates a Measurement message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Measurement
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.Measurement;

            /**
             * Creates a plain object from a Measurement message. Also converts values to other types if specified.
             * @param message Measurement
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.Measurement, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Measurement to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Measurement {

            /** Properties of a Measurement. */
            interface $Properties {

                /** Measurement point */
                point?: (number|null);

                /** Measurement seconds */
                seconds?: (number[]|null);

                /** Measurement wrong */
                wrong?: (number|null);

                /** Measurement digest */
                digest?: (string|null);

                /** Measurement twinDigest */
                twinDigest?: (string|null);

                /** Measurement orderCertificate */
                orderCertificate?: (string|null);

                /** Measurement wireBytes */
                wireBytes?: (number|null);

                /** Measurement peakResidentBytes */
                peakResidentBytes?: (number|null);

                /** Measurement arrivals */
                arrivals?: (number[]|null);

                /** Measurement nonFinite */
                nonFinite?: (number|null);

                /** Measurement ciReached */
                ciReached?: (boolean|null);

                /** Measurement buffersMade */
                buffersMade?: (number|null);

                /** Measurement messagesSent */
                messagesSent?: (number|null);

                /** Measurement messagesReceived */
                messagesReceived?: (number|null);

                /** Measurement messageBytesSent */
                messageBytesSent?: (number|null);

                /** Measurement messageBytesReceived */
                messageBytesReceived?: (number|null);

                /** Measurement rank */
                rank?: (number|null);

                /** Measurement wireBytesShared */
                wireBytesShared?: (number|null);

                /** Measurement wireBytesGrpc */
                wireBytesGrpc?: (number|null);

                /** Measurement errorMaxUnits */
                errorMaxUnits?: (number|null);

                /** Measurement errorMeanUnits */
                errorMeanUnits?: (number|null);

                /** Measurement coreWait */
                coreWait?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Measurement. */
            type $Shape = reducible.v1.Measurement.$Properties;
        }

        /**
         * Properties of a Reduced.
         * @deprecated Use reducible.v1.Reduced.$Properties instead.
         */
        interface IReduced extends reducible.v1.Reduced.$Properties {
        }

        /** Represents a Reduced. */
        class Reduced {

            /**
             * Constructs a new Reduced.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.Reduced.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Reduced reduction. */
            reduction: number;

            /** Reduced call. */
            call: number;

            /** Reduced digest. */
            digest: string;

            /** Reduced orderCertificates. */
            orderCertificates: string[];

            /** Reduced orders. */
            orders: string[];

            /** Reduced result. */
            result: Uint8Array;

            /**
             * Creates a new Reduced instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Reduced instance
             */
            static create(properties: reducible.v1.Reduced.$Shape): reducible.v1.Reduced & reducible.v1.Reduced.$Shape;
            static create(properties?: reducible.v1.Reduced.$Properties): reducible.v1.Reduced;

            /**
             * Encodes the specified Reduced message. Does not implicitly {@link reducible.v1.Reduced.verify|verify} messages.
             * @param message Reduced message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.Reduced.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Reduced message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.Reduced & reducible.v1.Reduced.$Shape} Reduced
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.Reduced & reducible.v1.Reduced.$Shape;

            /**
             * Creates a Reduced message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Reduced
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.Reduced;

            /**
             * Creates a plain object from a Reduced message. Also converts values to other types if specified.
             * @param message Reduced
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.Reduced, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Reduced to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Reduced {

            /** Properties of a Reduced. */
            interface $Properties {

                /** Reduced reduction */
                reduction?: (number|null);

                /** Reduced call */
                call?: (number|null);

                /** Reduced digest */
                digest?: (string|null);

                /** Reduced orderCertificates */
                orderCertificates?: (string[]|null);

                /** Reduced orders */
                orders?: (string[]|null);

                /** Reduced result */
                result?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Reduced. */
            type $Shape = reducible.v1.Reduced.$Properties;
        }

        /**
         * Properties of a Failed.
         * @deprecated Use reducible.v1.Failed.$Properties instead.
         */
        interface IFailed extends reducible.v1.Failed.$Properties {
        }

        /** Represents a Failed. */
        class Failed {

            /**
             * Constructs a new Failed.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.Failed.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Failed code. */
            code: string;

            /** Failed message. */
            message: string;

            /** Failed remedy. */
            remedy: string;

            /**
             * Creates a new Failed instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Failed instance
             */
            static create(properties: reducible.v1.Failed.$Shape): reducible.v1.Failed & reducible.v1.Failed.$Shape;
            static create(properties?: reducible.v1.Failed.$Properties): reducible.v1.Failed;

            /**
             * Encodes the specified Failed message. Does not implicitly {@link reducible.v1.Failed.verify|verify} messages.
             * @param message Failed message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.Failed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Failed message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.Failed & reducible.v1.Failed.$Shape} Failed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.Failed & reducible.v1.Failed.$Shape;

            /**
             * Creates a Failed message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Failed
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.Failed;

            /**
             * Creates a plain object from a Failed message. Also converts values to other types if specified.
             * @param message Failed
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.Failed, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Failed to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Failed {

            /** Properties of a Failed. */
            interface $Properties {

                /** Failed code */
                code?: (string|null);

                /** Failed message */
                message?: (string|null);

                /** Failed remedy */
                remedy?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Failed. */
            type $Shape = reducible.v1.Failed.$Properties;
        }

        /**
         * Properties of a PullRequest.
         * @deprecated Use reducible.v1.PullRequest.$Properties instead.
         */
        interface IPullRequest extends reducible.v1.PullRequest.$Properties {
        }

        /** Represents a PullRequest. */
        class PullRequest {

            /**
             * Constructs a new PullRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.PullRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PullRequest trial. */
            trial: string;

            /** PullRequest fromRank. */
            fromRank: number;

            /** PullRequest toRank. */
            toRank: number;

            /** PullRequest connection. */
            connection: number;

            /**
             * Creates a new PullRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PullRequest instance
             */
            static create(properties: reducible.v1.PullRequest.$Shape): reducible.v1.PullRequest & reducible.v1.PullRequest.$Shape;
            static create(properties?: reducible.v1.PullRequest.$Properties): reducible.v1.PullRequest;

            /**
             * Encodes the specified PullRequest message. Does not implicitly {@link reducible.v1.PullRequest.verify|verify} messages.
             * @param message PullRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.PullRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PullRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.PullRequest & reducible.v1.PullRequest.$Shape} PullRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.PullRequest & reducible.v1.PullRequest.$Shape;

            /**
             * Creates a PullRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns PullRequest
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.PullRequest;

            /**
             * Creates a plain object from a PullRequest message. Also converts values to other types if specified.
             * @param message PullRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.PullRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this PullRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace PullRequest {

            /** Properties of a PullRequest. */
            interface $Properties {

                /** PullRequest trial */
                trial?: (string|null);

                /** PullRequest fromRank */
                fromRank?: (number|null);

                /** PullRequest toRank */
                toRank?: (number|null);

                /** PullRequest connection */
                connection?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PullRequest. */
            type $Shape = reducible.v1.PullRequest.$Properties;
        }

        /**
         * Properties of a Segment.
         * @deprecated Use reducible.v1.Segment.$Properties instead.
         */
        interface ISegment extends reducible.v1.Segment.$Properties {
        }

        /** Represents a Segment. */
        class Segment {

            /**
             * Constructs a new Segment.
             * @param [properties] Properties to set
             */
            constructor(properties?: reducible.v1.Segment.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Segment fromRank. */
            fromRank: number;

            /** Segment call. */
            call: number;

            /** Segment round. */
            round: number;

            /** Segment chunk. */
            chunk: number;

            /** Segment atByte. */
            atByte: number;

            /** Segment moveBytes. */
            moveBytes: number;

            /** Segment payload. */
            payload: Uint8Array;

            /** Segment order. */
            order: string;

            /**
             * Creates a new Segment instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Segment instance
             */
            static create(properties: reducible.v1.Segment.$Shape): reducible.v1.Segment & reducible.v1.Segment.$Shape;
            static create(properties?: reducible.v1.Segment.$Properties): reducible.v1.Segment;

            /**
             * Encodes the specified Segment message. Does not implicitly {@link reducible.v1.Segment.verify|verify} messages.
             * @param message Segment message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: reducible.v1.Segment.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Segment message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {reducible.v1.Segment & reducible.v1.Segment.$Shape} Segment
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): reducible.v1.Segment & reducible.v1.Segment.$Shape;

            /**
             * Creates a Segment message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Segment
             */
            static fromObject(object: { [k: string]: any }): reducible.v1.Segment;

            /**
             * Creates a plain object from a Segment message. Also converts values to other types if specified.
             * @param message Segment
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: reducible.v1.Segment, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Segment to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Segment {

            /** Properties of a Segment. */
            interface $Properties {

                /** Segment fromRank */
                fromRank?: (number|null);

                /** Segment call */
                call?: (number|null);

                /** Segment round */
                round?: (number|null);

                /** Segment chunk */
                chunk?: (number|null);

                /** Segment atByte */
                atByte?: (number|null);

                /** Segment moveBytes */
                moveBytes?: (number|null);

                /** Segment payload */
                payload?: (Uint8Array|null);

                /** Segment order */
                order?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Segment. */
            type $Shape = reducible.v1.Segment.$Properties;
        }
    }
}
