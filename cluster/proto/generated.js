/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from 'protobufjs/minimal.js'

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError, $TypeError = $util.global.TypeError, $String = $util.global.String, $Number = $util.global.Number, $Array = $util.global.Array, $isFinite = $util.global.isFinite, $Boolean = $util.global.Boolean;

// Exported root namespace
const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const reducible = $root.reducible = (() => {

    /**
     * Namespace reducible.
     * @exports reducible
     * @namespace
     */
    const reducible = {};

    reducible.v1 = (function() {

        /**
         * Namespace v1.
         * @memberof reducible
         * @namespace
         */
        const v1 = {};

        v1.WorkerMessage = (function() {

            /**
             * Properties of a WorkerMessage.
             * @typedef {Object} reducible.v1.WorkerMessage.$Properties
             * @property {reducible.v1.Join.$Properties|null} [join] WorkerMessage join
             * @property {reducible.v1.Ready.$Properties|null} [ready] WorkerMessage ready
             * @property {reducible.v1.Step.$Properties|null} [step] WorkerMessage step
             * @property {reducible.v1.Finished.$Properties|null} [finished] WorkerMessage finished
             * @property {reducible.v1.Failed.$Properties|null} [failed] WorkerMessage failed
             * @property {reducible.v1.Measurement.$Properties|null} [measurement] WorkerMessage measurement
             * @property {reducible.v1.Reduced.$Properties|null} [reduced] WorkerMessage reduced
             * @property {"join"|"ready"|"step"|"finished"|"failed"|"measurement"|"reduced"} [kind] WorkerMessage kind
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a WorkerMessage.
             * @memberof reducible.v1
             * @interface IWorkerMessage
             * @augments reducible.v1.WorkerMessage.$Properties
             * @deprecated Use reducible.v1.WorkerMessage.$Properties instead.
             */

            /**
             * Narrowed shape of a WorkerMessage.
             * @typedef {{
             *   join?: reducible.v1.Join.$Shape|null;
             *   ready?: reducible.v1.Ready.$Shape|null;
             *   step?: reducible.v1.Step.$Shape|null;
             *   finished?: reducible.v1.Finished.$Shape|null;
             *   failed?: reducible.v1.Failed.$Shape|null;
             *   measurement?: reducible.v1.Measurement.$Shape|null;
             *   reduced?: reducible.v1.Reduced.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ kind?: undefined; join?: null; ready?: null; step?: null; finished?: null; failed?: null; measurement?: null; reduced?: null }|{ kind?: "join"; join: reducible.v1.Join.$Shape; ready?: null; step?: null; finished?: null; failed?: null; measurement?: null; reduced?: null }|{ kind?: "ready"; join?: null; ready: reducible.v1.Ready.$Shape; step?: null; finished?: null; failed?: null; measurement?: null; reduced?: null }|{ kind?: "step"; join?: null; ready?: null; step: reducible.v1.Step.$Shape; finished?: null; failed?: null; measurement?: null; reduced?: null }|{ kind?: "finished"; join?: null; ready?: null; step?: null; finished: reducible.v1.Finished.$Shape; failed?: null; measurement?: null; reduced?: null }|{ kind?: "failed"; join?: null; ready?: null; step?: null; finished?: null; failed: reducible.v1.Failed.$Shape; measurement?: null; reduced?: null }|{ kind?: "measurement"; join?: null; ready?: null; step?: null; finished?: null; failed?: null; measurement: reducible.v1.Measurement.$Shape; reduced?: null }|{ kind?: "reduced"; join?: null; ready?: null; step?: null; finished?: null; failed?: null; measurement?: null; reduced: reducible.v1.Reduced.$Shape })
             * )} reducible.v1.WorkerMessage.$Shape
             */

            /**
             * Constructs a new WorkerMessage.
             * @memberof reducible.v1
             * @classdesc Represents a WorkerMessage.
             * @constructor
             * @param {reducible.v1.WorkerMessage.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const WorkerMessage = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * WorkerMessage join.
             * @member {reducible.v1.Join.$Properties|null|undefined} join
             * @memberof reducible.v1.WorkerMessage
             * @instance
             */
            WorkerMessage.prototype.join = null;

            /**
             * WorkerMessage ready.
             * @member {reducible.v1.Ready.$Properties|null|undefined} ready
             * @memberof reducible.v1.WorkerMessage
             * @instance
             */
            WorkerMessage.prototype.ready = null;

            /**
             * WorkerMessage step.
             * @member {reducible.v1.Step.$Properties|null|undefined} step
             * @memberof reducible.v1.WorkerMessage
             * @instance
             */
            WorkerMessage.prototype.step = null;

            /**
             * WorkerMessage finished.
             * @member {reducible.v1.Finished.$Properties|null|undefined} finished
             * @memberof reducible.v1.WorkerMessage
             * @instance
             */
            WorkerMessage.prototype.finished = null;

            /**
             * WorkerMessage failed.
             * @member {reducible.v1.Failed.$Properties|null|undefined} failed
             * @memberof reducible.v1.WorkerMessage
             * @instance
             */
            WorkerMessage.prototype.failed = null;

            /**
             * WorkerMessage measurement.
             * @member {reducible.v1.Measurement.$Properties|null|undefined} measurement
             * @memberof reducible.v1.WorkerMessage
             * @instance
             */
            WorkerMessage.prototype.measurement = null;

            /**
             * WorkerMessage reduced.
             * @member {reducible.v1.Reduced.$Properties|null|undefined} reduced
             * @memberof reducible.v1.WorkerMessage
             * @instance
             */
            WorkerMessage.prototype.reduced = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * WorkerMessage kind.
             * @member {"join"|"ready"|"step"|"finished"|"failed"|"measurement"|"reduced"|undefined} kind
             * @memberof reducible.v1.WorkerMessage
             * @instance
             */
            $Object.defineProperty(WorkerMessage.prototype, "kind", {
                get: $util.oneOfGetter($oneOfFields = ["join", "ready", "step", "finished", "failed", "measurement", "reduced"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new WorkerMessage instance using the specified properties.
             * @function create
             * @memberof reducible.v1.WorkerMessage
             * @static
             * @param {reducible.v1.WorkerMessage.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.WorkerMessage} WorkerMessage instance
             * @type {{
             *   (properties: reducible.v1.WorkerMessage.$Shape): reducible.v1.WorkerMessage & reducible.v1.WorkerMessage.$Shape;
             *   (properties?: reducible.v1.WorkerMessage.$Properties): reducible.v1.WorkerMessage;
             * }}
             */
            WorkerMessage.create = function(properties) {
                return new WorkerMessage(properties);
            };

            /**
             * Encodes the specified WorkerMessage message. Does not implicitly {@link reducible.v1.WorkerMessage.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.WorkerMessage
             * @static
             * @param {reducible.v1.WorkerMessage.$Properties} message WorkerMessage message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            WorkerMessage.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.join != null && $Object.hasOwnProperty.call(message, "join"))
                    $root.reducible.v1.Join.encode(message.join, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.ready != null && $Object.hasOwnProperty.call(message, "ready"))
                    $root.reducible.v1.Ready.encode(message.ready, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.step != null && $Object.hasOwnProperty.call(message, "step"))
                    $root.reducible.v1.Step.encode(message.step, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.finished != null && $Object.hasOwnProperty.call(message, "finished"))
                    $root.reducible.v1.Finished.encode(message.finished, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.failed != null && $Object.hasOwnProperty.call(message, "failed"))
                    $root.reducible.v1.Failed.encode(message.failed, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.measurement != null && $Object.hasOwnProperty.call(message, "measurement"))
                    $root.reducible.v1.Measurement.encode(message.measurement, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.reduced != null && $Object.hasOwnProperty.call(message, "reduced"))
                    $root.reducible.v1.Reduced.encode(message.reduced, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a WorkerMessage message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.WorkerMessage
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.WorkerMessage & reducible.v1.WorkerMessage.$Shape} WorkerMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            WorkerMessage.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.WorkerMessage();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.join = $root.reducible.v1.Join.decode(reader, reader.size(), $undefined, _depth + 1, message.join);
                            message.kind = "join";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.ready = $root.reducible.v1.Ready.decode(reader, reader.size(), $undefined, _depth + 1, message.ready);
                            message.kind = "ready";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.step = $root.reducible.v1.Step.decode(reader, reader.size(), $undefined, _depth + 1, message.step);
                            message.kind = "step";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.finished = $root.reducible.v1.Finished.decode(reader, reader.size(), $undefined, _depth + 1, message.finished);
                            message.kind = "finished";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.failed = $root.reducible.v1.Failed.decode(reader, reader.size(), $undefined, _depth + 1, message.failed);
                            message.kind = "failed";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.measurement = $root.reducible.v1.Measurement.decode(reader, reader.size(), $undefined, _depth + 1, message.measurement);
                            message.kind = "measurement";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.reduced = $root.reducible.v1.Reduced.decode(reader, reader.size(), $undefined, _depth + 1, message.reduced);
                            message.kind = "reduced";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a WorkerMessage message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.WorkerMessage
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.WorkerMessage} WorkerMessage
             */
            WorkerMessage.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.WorkerMessage)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.WorkerMessage: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.WorkerMessage();
                if (object.join != null) {
                    if (!$util.isObject(object.join))
                        throw $TypeError(".reducible.v1.WorkerMessage.join: object expected");
                    message.join = $root.reducible.v1.Join.fromObject(object.join, _depth + 1);
                }
                if (object.ready != null) {
                    if (!$util.isObject(object.ready))
                        throw $TypeError(".reducible.v1.WorkerMessage.ready: object expected");
                    message.ready = $root.reducible.v1.Ready.fromObject(object.ready, _depth + 1);
                }
                if (object.step != null) {
                    if (!$util.isObject(object.step))
                        throw $TypeError(".reducible.v1.WorkerMessage.step: object expected");
                    message.step = $root.reducible.v1.Step.fromObject(object.step, _depth + 1);
                }
                if (object.finished != null) {
                    if (!$util.isObject(object.finished))
                        throw $TypeError(".reducible.v1.WorkerMessage.finished: object expected");
                    message.finished = $root.reducible.v1.Finished.fromObject(object.finished, _depth + 1);
                }
                if (object.failed != null) {
                    if (!$util.isObject(object.failed))
                        throw $TypeError(".reducible.v1.WorkerMessage.failed: object expected");
                    message.failed = $root.reducible.v1.Failed.fromObject(object.failed, _depth + 1);
                }
                if (object.measurement != null) {
                    if (!$util.isObject(object.measurement))
                        throw $TypeError(".reducible.v1.WorkerMessage.measurement: object expected");
                    message.measurement = $root.reducible.v1.Measurement.fromObject(object.measurement, _depth + 1);
                }
                if (object.reduced != null) {
                    if (!$util.isObject(object.reduced))
                        throw $TypeError(".reducible.v1.WorkerMessage.reduced: object expected");
                    message.reduced = $root.reducible.v1.Reduced.fromObject(object.reduced, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a WorkerMessage message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.WorkerMessage
             * @static
             * @param {reducible.v1.WorkerMessage} message WorkerMessage
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            WorkerMessage.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (message.join != null && $Object.hasOwnProperty.call(message, "join")) {
                    object.join = $root.reducible.v1.Join.toObject(message.join, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "join";
                }
                if (message.ready != null && $Object.hasOwnProperty.call(message, "ready")) {
                    object.ready = $root.reducible.v1.Ready.toObject(message.ready, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "ready";
                }
                if (message.step != null && $Object.hasOwnProperty.call(message, "step")) {
                    object.step = $root.reducible.v1.Step.toObject(message.step, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "step";
                }
                if (message.finished != null && $Object.hasOwnProperty.call(message, "finished")) {
                    object.finished = $root.reducible.v1.Finished.toObject(message.finished, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "finished";
                }
                if (message.failed != null && $Object.hasOwnProperty.call(message, "failed")) {
                    object.failed = $root.reducible.v1.Failed.toObject(message.failed, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "failed";
                }
                if (message.measurement != null && $Object.hasOwnProperty.call(message, "measurement")) {
                    object.measurement = $root.reducible.v1.Measurement.toObject(message.measurement, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "measurement";
                }
                if (message.reduced != null && $Object.hasOwnProperty.call(message, "reduced")) {
                    object.reduced = $root.reducible.v1.Reduced.toObject(message.reduced, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "reduced";
                }
                return object;
            };

            /**
             * Converts this WorkerMessage to JSON.
             * @function toJSON
             * @memberof reducible.v1.WorkerMessage
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            WorkerMessage.prototype.toJSON = function() {
                return WorkerMessage.toObject(this, $protobuf.util.toJSONOptions);
            };

            return WorkerMessage;
        })();

        v1.CoordinatorMessage = (function() {

            /**
             * Properties of a CoordinatorMessage.
             * @typedef {Object} reducible.v1.CoordinatorMessage.$Properties
             * @property {reducible.v1.Welcome.$Properties|null} [welcome] CoordinatorMessage welcome
             * @property {reducible.v1.Start.$Properties|null} [start] CoordinatorMessage start
             * @property {reducible.v1.Stop.$Properties|null} [stop] CoordinatorMessage stop
             * @property {"welcome"|"start"|"stop"} [kind] CoordinatorMessage kind
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CoordinatorMessage.
             * @memberof reducible.v1
             * @interface ICoordinatorMessage
             * @augments reducible.v1.CoordinatorMessage.$Properties
             * @deprecated Use reducible.v1.CoordinatorMessage.$Properties instead.
             */

            /**
             * Narrowed shape of a CoordinatorMessage.
             * @typedef {{
             *   welcome?: reducible.v1.Welcome.$Shape|null;
             *   start?: reducible.v1.Start.$Shape|null;
             *   stop?: reducible.v1.Stop.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ kind?: undefined; welcome?: null; start?: null; stop?: null }|{ kind?: "welcome"; welcome: reducible.v1.Welcome.$Shape; start?: null; stop?: null }|{ kind?: "start"; welcome?: null; start: reducible.v1.Start.$Shape; stop?: null }|{ kind?: "stop"; welcome?: null; start?: null; stop: reducible.v1.Stop.$Shape })
             * )} reducible.v1.CoordinatorMessage.$Shape
             */

            /**
             * Constructs a new CoordinatorMessage.
             * @memberof reducible.v1
             * @classdesc Represents a CoordinatorMessage.
             * @constructor
             * @param {reducible.v1.CoordinatorMessage.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CoordinatorMessage = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CoordinatorMessage welcome.
             * @member {reducible.v1.Welcome.$Properties|null|undefined} welcome
             * @memberof reducible.v1.CoordinatorMessage
             * @instance
             */
            CoordinatorMessage.prototype.welcome = null;

            /**
             * CoordinatorMessage start.
             * @member {reducible.v1.Start.$Properties|null|undefined} start
             * @memberof reducible.v1.CoordinatorMessage
             * @instance
             */
            CoordinatorMessage.prototype.start = null;

            /**
             * CoordinatorMessage stop.
             * @member {reducible.v1.Stop.$Properties|null|undefined} stop
             * @memberof reducible.v1.CoordinatorMessage
             * @instance
             */
            CoordinatorMessage.prototype.stop = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * CoordinatorMessage kind.
             * @member {"welcome"|"start"|"stop"|undefined} kind
             * @memberof reducible.v1.CoordinatorMessage
             * @instance
             */
            $Object.defineProperty(CoordinatorMessage.prototype, "kind", {
                get: $util.oneOfGetter($oneOfFields = ["welcome", "start", "stop"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new CoordinatorMessage instance using the specified properties.
             * @function create
             * @memberof reducible.v1.CoordinatorMessage
             * @static
             * @param {reducible.v1.CoordinatorMessage.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.CoordinatorMessage} CoordinatorMessage instance
             * @type {{
             *   (properties: reducible.v1.CoordinatorMessage.$Shape): reducible.v1.CoordinatorMessage & reducible.v1.CoordinatorMessage.$Shape;
             *   (properties?: reducible.v1.CoordinatorMessage.$Properties): reducible.v1.CoordinatorMessage;
             * }}
             */
            CoordinatorMessage.create = function(properties) {
                return new CoordinatorMessage(properties);
            };

            /**
             * Encodes the specified CoordinatorMessage message. Does not implicitly {@link reducible.v1.CoordinatorMessage.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.CoordinatorMessage
             * @static
             * @param {reducible.v1.CoordinatorMessage.$Properties} message CoordinatorMessage message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CoordinatorMessage.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.welcome != null && $Object.hasOwnProperty.call(message, "welcome"))
                    $root.reducible.v1.Welcome.encode(message.welcome, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.start != null && $Object.hasOwnProperty.call(message, "start"))
                    $root.reducible.v1.Start.encode(message.start, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.stop != null && $Object.hasOwnProperty.call(message, "stop"))
                    $root.reducible.v1.Stop.encode(message.stop, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CoordinatorMessage message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.CoordinatorMessage
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.CoordinatorMessage & reducible.v1.CoordinatorMessage.$Shape} CoordinatorMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CoordinatorMessage.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.CoordinatorMessage();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.welcome = $root.reducible.v1.Welcome.decode(reader, reader.size(), $undefined, _depth + 1, message.welcome);
                            message.kind = "welcome";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.start = $root.reducible.v1.Start.decode(reader, reader.size(), $undefined, _depth + 1, message.start);
                            message.kind = "start";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.stop = $root.reducible.v1.Stop.decode(reader, reader.size(), $undefined, _depth + 1, message.stop);
                            message.kind = "stop";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a CoordinatorMessage message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.CoordinatorMessage
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.CoordinatorMessage} CoordinatorMessage
             */
            CoordinatorMessage.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.CoordinatorMessage)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.CoordinatorMessage: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.CoordinatorMessage();
                if (object.welcome != null) {
                    if (!$util.isObject(object.welcome))
                        throw $TypeError(".reducible.v1.CoordinatorMessage.welcome: object expected");
                    message.welcome = $root.reducible.v1.Welcome.fromObject(object.welcome, _depth + 1);
                }
                if (object.start != null) {
                    if (!$util.isObject(object.start))
                        throw $TypeError(".reducible.v1.CoordinatorMessage.start: object expected");
                    message.start = $root.reducible.v1.Start.fromObject(object.start, _depth + 1);
                }
                if (object.stop != null) {
                    if (!$util.isObject(object.stop))
                        throw $TypeError(".reducible.v1.CoordinatorMessage.stop: object expected");
                    message.stop = $root.reducible.v1.Stop.fromObject(object.stop, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a CoordinatorMessage message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.CoordinatorMessage
             * @static
             * @param {reducible.v1.CoordinatorMessage} message CoordinatorMessage
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            CoordinatorMessage.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (message.welcome != null && $Object.hasOwnProperty.call(message, "welcome")) {
                    object.welcome = $root.reducible.v1.Welcome.toObject(message.welcome, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "welcome";
                }
                if (message.start != null && $Object.hasOwnProperty.call(message, "start")) {
                    object.start = $root.reducible.v1.Start.toObject(message.start, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "start";
                }
                if (message.stop != null && $Object.hasOwnProperty.call(message, "stop")) {
                    object.stop = $root.reducible.v1.Stop.toObject(message.stop, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "stop";
                }
                return object;
            };

            /**
             * Converts this CoordinatorMessage to JSON.
             * @function toJSON
             * @memberof reducible.v1.CoordinatorMessage
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            CoordinatorMessage.prototype.toJSON = function() {
                return CoordinatorMessage.toObject(this, $protobuf.util.toJSONOptions);
            };

            return CoordinatorMessage;
        })();

        v1.AgentMessage = (function() {

            /**
             * Properties of an AgentMessage.
             * @typedef {Object} reducible.v1.AgentMessage.$Properties
             * @property {reducible.v1.Enroll.$Properties|null} [enroll] AgentMessage enroll
             * @property {reducible.v1.Prepared.$Properties|null} [prepared] AgentMessage prepared
             * @property {reducible.v1.Exited.$Properties|null} [exited] AgentMessage exited
             * @property {reducible.v1.Failed.$Properties|null} [failed] AgentMessage failed
             * @property {"enroll"|"prepared"|"exited"|"failed"} [kind] AgentMessage kind
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an AgentMessage.
             * @memberof reducible.v1
             * @interface IAgentMessage
             * @augments reducible.v1.AgentMessage.$Properties
             * @deprecated Use reducible.v1.AgentMessage.$Properties instead.
             */

            /**
             * Narrowed shape of an AgentMessage.
             * @typedef {{
             *   enroll?: reducible.v1.Enroll.$Shape|null;
             *   prepared?: reducible.v1.Prepared.$Shape|null;
             *   exited?: reducible.v1.Exited.$Shape|null;
             *   failed?: reducible.v1.Failed.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ kind?: undefined; enroll?: null; prepared?: null; exited?: null; failed?: null }|{ kind?: "enroll"; enroll: reducible.v1.Enroll.$Shape; prepared?: null; exited?: null; failed?: null }|{ kind?: "prepared"; enroll?: null; prepared: reducible.v1.Prepared.$Shape; exited?: null; failed?: null }|{ kind?: "exited"; enroll?: null; prepared?: null; exited: reducible.v1.Exited.$Shape; failed?: null }|{ kind?: "failed"; enroll?: null; prepared?: null; exited?: null; failed: reducible.v1.Failed.$Shape })
             * )} reducible.v1.AgentMessage.$Shape
             */

            /**
             * Constructs a new AgentMessage.
             * @memberof reducible.v1
             * @classdesc Represents an AgentMessage.
             * @constructor
             * @param {reducible.v1.AgentMessage.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const AgentMessage = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * AgentMessage enroll.
             * @member {reducible.v1.Enroll.$Properties|null|undefined} enroll
             * @memberof reducible.v1.AgentMessage
             * @instance
             */
            AgentMessage.prototype.enroll = null;

            /**
             * AgentMessage prepared.
             * @member {reducible.v1.Prepared.$Properties|null|undefined} prepared
             * @memberof reducible.v1.AgentMessage
             * @instance
             */
            AgentMessage.prototype.prepared = null;

            /**
             * AgentMessage exited.
             * @member {reducible.v1.Exited.$Properties|null|undefined} exited
             * @memberof reducible.v1.AgentMessage
             * @instance
             */
            AgentMessage.prototype.exited = null;

            /**
             * AgentMessage failed.
             * @member {reducible.v1.Failed.$Properties|null|undefined} failed
             * @memberof reducible.v1.AgentMessage
             * @instance
             */
            AgentMessage.prototype.failed = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * AgentMessage kind.
             * @member {"enroll"|"prepared"|"exited"|"failed"|undefined} kind
             * @memberof reducible.v1.AgentMessage
             * @instance
             */
            $Object.defineProperty(AgentMessage.prototype, "kind", {
                get: $util.oneOfGetter($oneOfFields = ["enroll", "prepared", "exited", "failed"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new AgentMessage instance using the specified properties.
             * @function create
             * @memberof reducible.v1.AgentMessage
             * @static
             * @param {reducible.v1.AgentMessage.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.AgentMessage} AgentMessage instance
             * @type {{
             *   (properties: reducible.v1.AgentMessage.$Shape): reducible.v1.AgentMessage & reducible.v1.AgentMessage.$Shape;
             *   (properties?: reducible.v1.AgentMessage.$Properties): reducible.v1.AgentMessage;
             * }}
             */
            AgentMessage.create = function(properties) {
                return new AgentMessage(properties);
            };

            /**
             * Encodes the specified AgentMessage message. Does not implicitly {@link reducible.v1.AgentMessage.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.AgentMessage
             * @static
             * @param {reducible.v1.AgentMessage.$Properties} message AgentMessage message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AgentMessage.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.enroll != null && $Object.hasOwnProperty.call(message, "enroll"))
                    $root.reducible.v1.Enroll.encode(message.enroll, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.prepared != null && $Object.hasOwnProperty.call(message, "prepared"))
                    $root.reducible.v1.Prepared.encode(message.prepared, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.exited != null && $Object.hasOwnProperty.call(message, "exited"))
                    $root.reducible.v1.Exited.encode(message.exited, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.failed != null && $Object.hasOwnProperty.call(message, "failed"))
                    $root.reducible.v1.Failed.encode(message.failed, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an AgentMessage message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.AgentMessage
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.AgentMessage & reducible.v1.AgentMessage.$Shape} AgentMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AgentMessage.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.AgentMessage();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.enroll = $root.reducible.v1.Enroll.decode(reader, reader.size(), $undefined, _depth + 1, message.enroll);
                            message.kind = "enroll";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.prepared = $root.reducible.v1.Prepared.decode(reader, reader.size(), $undefined, _depth + 1, message.prepared);
                            message.kind = "prepared";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.exited = $root.reducible.v1.Exited.decode(reader, reader.size(), $undefined, _depth + 1, message.exited);
                            message.kind = "exited";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.failed = $root.reducible.v1.Failed.decode(reader, reader.size(), $undefined, _depth + 1, message.failed);
                            message.kind = "failed";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates an AgentMessage message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.AgentMessage
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.AgentMessage} AgentMessage
             */
            AgentMessage.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.AgentMessage)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.AgentMessage: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.AgentMessage();
                if (object.enroll != null) {
                    if (!$util.isObject(object.enroll))
                        throw $TypeError(".reducible.v1.AgentMessage.enroll: object expected");
                    message.enroll = $root.reducible.v1.Enroll.fromObject(object.enroll, _depth + 1);
                }
                if (object.prepared != null) {
                    if (!$util.isObject(object.prepared))
                        throw $TypeError(".reducible.v1.AgentMessage.prepared: object expected");
                    message.prepared = $root.reducible.v1.Prepared.fromObject(object.prepared, _depth + 1);
                }
                if (object.exited != null) {
                    if (!$util.isObject(object.exited))
                        throw $TypeError(".reducible.v1.AgentMessage.exited: object expected");
                    message.exited = $root.reducible.v1.Exited.fromObject(object.exited, _depth + 1);
                }
                if (object.failed != null) {
                    if (!$util.isObject(object.failed))
                        throw $TypeError(".reducible.v1.AgentMessage.failed: object expected");
                    message.failed = $root.reducible.v1.Failed.fromObject(object.failed, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from an AgentMessage message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.AgentMessage
             * @static
             * @param {reducible.v1.AgentMessage} message AgentMessage
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            AgentMessage.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (message.enroll != null && $Object.hasOwnProperty.call(message, "enroll")) {
                    object.enroll = $root.reducible.v1.Enroll.toObject(message.enroll, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "enroll";
                }
                if (message.prepared != null && $Object.hasOwnProperty.call(message, "prepared")) {
                    object.prepared = $root.reducible.v1.Prepared.toObject(message.prepared, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "prepared";
                }
                if (message.exited != null && $Object.hasOwnProperty.call(message, "exited")) {
                    object.exited = $root.reducible.v1.Exited.toObject(message.exited, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "exited";
                }
                if (message.failed != null && $Object.hasOwnProperty.call(message, "failed")) {
                    object.failed = $root.reducible.v1.Failed.toObject(message.failed, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "failed";
                }
                return object;
            };

            /**
             * Converts this AgentMessage to JSON.
             * @function toJSON
             * @memberof reducible.v1.AgentMessage
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            AgentMessage.prototype.toJSON = function() {
                return AgentMessage.toObject(this, $protobuf.util.toJSONOptions);
            };

            return AgentMessage;
        })();

        v1.AgentOrder = (function() {

            /**
             * Properties of an AgentOrder.
             * @typedef {Object} reducible.v1.AgentOrder.$Properties
             * @property {reducible.v1.Enrolled.$Properties|null} [enrolled] AgentOrder enrolled
             * @property {reducible.v1.Launch.$Properties|null} [launch] AgentOrder launch
             * @property {reducible.v1.End.$Properties|null} [end] AgentOrder end
             * @property {reducible.v1.Stop.$Properties|null} [stop] AgentOrder stop
             * @property {reducible.v1.Failed.$Properties|null} [failed] AgentOrder failed
             * @property {"enrolled"|"launch"|"end"|"stop"|"failed"} [kind] AgentOrder kind
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an AgentOrder.
             * @memberof reducible.v1
             * @interface IAgentOrder
             * @augments reducible.v1.AgentOrder.$Properties
             * @deprecated Use reducible.v1.AgentOrder.$Properties instead.
             */

            /**
             * Narrowed shape of an AgentOrder.
             * @typedef {{
             *   enrolled?: reducible.v1.Enrolled.$Shape|null;
             *   launch?: reducible.v1.Launch.$Shape|null;
             *   end?: reducible.v1.End.$Shape|null;
             *   stop?: reducible.v1.Stop.$Shape|null;
             *   failed?: reducible.v1.Failed.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ kind?: undefined; enrolled?: null; launch?: null; end?: null; stop?: null; failed?: null }|{ kind?: "enrolled"; enrolled: reducible.v1.Enrolled.$Shape; launch?: null; end?: null; stop?: null; failed?: null }|{ kind?: "launch"; enrolled?: null; launch: reducible.v1.Launch.$Shape; end?: null; stop?: null; failed?: null }|{ kind?: "end"; enrolled?: null; launch?: null; end: reducible.v1.End.$Shape; stop?: null; failed?: null }|{ kind?: "stop"; enrolled?: null; launch?: null; end?: null; stop: reducible.v1.Stop.$Shape; failed?: null }|{ kind?: "failed"; enrolled?: null; launch?: null; end?: null; stop?: null; failed: reducible.v1.Failed.$Shape })
             * )} reducible.v1.AgentOrder.$Shape
             */

            /**
             * Constructs a new AgentOrder.
             * @memberof reducible.v1
             * @classdesc Represents an AgentOrder.
             * @constructor
             * @param {reducible.v1.AgentOrder.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const AgentOrder = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * AgentOrder enrolled.
             * @member {reducible.v1.Enrolled.$Properties|null|undefined} enrolled
             * @memberof reducible.v1.AgentOrder
             * @instance
             */
            AgentOrder.prototype.enrolled = null;

            /**
             * AgentOrder launch.
             * @member {reducible.v1.Launch.$Properties|null|undefined} launch
             * @memberof reducible.v1.AgentOrder
             * @instance
             */
            AgentOrder.prototype.launch = null;

            /**
             * AgentOrder end.
             * @member {reducible.v1.End.$Properties|null|undefined} end
             * @memberof reducible.v1.AgentOrder
             * @instance
             */
            AgentOrder.prototype.end = null;

            /**
             * AgentOrder stop.
             * @member {reducible.v1.Stop.$Properties|null|undefined} stop
             * @memberof reducible.v1.AgentOrder
             * @instance
             */
            AgentOrder.prototype.stop = null;

            /**
             * AgentOrder failed.
             * @member {reducible.v1.Failed.$Properties|null|undefined} failed
             * @memberof reducible.v1.AgentOrder
             * @instance
             */
            AgentOrder.prototype.failed = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * AgentOrder kind.
             * @member {"enrolled"|"launch"|"end"|"stop"|"failed"|undefined} kind
             * @memberof reducible.v1.AgentOrder
             * @instance
             */
            $Object.defineProperty(AgentOrder.prototype, "kind", {
                get: $util.oneOfGetter($oneOfFields = ["enrolled", "launch", "end", "stop", "failed"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new AgentOrder instance using the specified properties.
             * @function create
             * @memberof reducible.v1.AgentOrder
             * @static
             * @param {reducible.v1.AgentOrder.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.AgentOrder} AgentOrder instance
             * @type {{
             *   (properties: reducible.v1.AgentOrder.$Shape): reducible.v1.AgentOrder & reducible.v1.AgentOrder.$Shape;
             *   (properties?: reducible.v1.AgentOrder.$Properties): reducible.v1.AgentOrder;
             * }}
             */
            AgentOrder.create = function(properties) {
                return new AgentOrder(properties);
            };

            /**
             * Encodes the specified AgentOrder message. Does not implicitly {@link reducible.v1.AgentOrder.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.AgentOrder
             * @static
             * @param {reducible.v1.AgentOrder.$Properties} message AgentOrder message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AgentOrder.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.enrolled != null && $Object.hasOwnProperty.call(message, "enrolled"))
                    $root.reducible.v1.Enrolled.encode(message.enrolled, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.launch != null && $Object.hasOwnProperty.call(message, "launch"))
                    $root.reducible.v1.Launch.encode(message.launch, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.end != null && $Object.hasOwnProperty.call(message, "end"))
                    $root.reducible.v1.End.encode(message.end, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.stop != null && $Object.hasOwnProperty.call(message, "stop"))
                    $root.reducible.v1.Stop.encode(message.stop, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.failed != null && $Object.hasOwnProperty.call(message, "failed"))
                    $root.reducible.v1.Failed.encode(message.failed, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an AgentOrder message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.AgentOrder
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.AgentOrder & reducible.v1.AgentOrder.$Shape} AgentOrder
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AgentOrder.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.AgentOrder();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.enrolled = $root.reducible.v1.Enrolled.decode(reader, reader.size(), $undefined, _depth + 1, message.enrolled);
                            message.kind = "enrolled";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.launch = $root.reducible.v1.Launch.decode(reader, reader.size(), $undefined, _depth + 1, message.launch);
                            message.kind = "launch";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.end = $root.reducible.v1.End.decode(reader, reader.size(), $undefined, _depth + 1, message.end);
                            message.kind = "end";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.stop = $root.reducible.v1.Stop.decode(reader, reader.size(), $undefined, _depth + 1, message.stop);
                            message.kind = "stop";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.failed = $root.reducible.v1.Failed.decode(reader, reader.size(), $undefined, _depth + 1, message.failed);
                            message.kind = "failed";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates an AgentOrder message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.AgentOrder
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.AgentOrder} AgentOrder
             */
            AgentOrder.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.AgentOrder)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.AgentOrder: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.AgentOrder();
                if (object.enrolled != null) {
                    if (!$util.isObject(object.enrolled))
                        throw $TypeError(".reducible.v1.AgentOrder.enrolled: object expected");
                    message.enrolled = $root.reducible.v1.Enrolled.fromObject(object.enrolled, _depth + 1);
                }
                if (object.launch != null) {
                    if (!$util.isObject(object.launch))
                        throw $TypeError(".reducible.v1.AgentOrder.launch: object expected");
                    message.launch = $root.reducible.v1.Launch.fromObject(object.launch, _depth + 1);
                }
                if (object.end != null) {
                    if (!$util.isObject(object.end))
                        throw $TypeError(".reducible.v1.AgentOrder.end: object expected");
                    message.end = $root.reducible.v1.End.fromObject(object.end, _depth + 1);
                }
                if (object.stop != null) {
                    if (!$util.isObject(object.stop))
                        throw $TypeError(".reducible.v1.AgentOrder.stop: object expected");
                    message.stop = $root.reducible.v1.Stop.fromObject(object.stop, _depth + 1);
                }
                if (object.failed != null) {
                    if (!$util.isObject(object.failed))
                        throw $TypeError(".reducible.v1.AgentOrder.failed: object expected");
                    message.failed = $root.reducible.v1.Failed.fromObject(object.failed, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from an AgentOrder message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.AgentOrder
             * @static
             * @param {reducible.v1.AgentOrder} message AgentOrder
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            AgentOrder.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (message.enrolled != null && $Object.hasOwnProperty.call(message, "enrolled")) {
                    object.enrolled = $root.reducible.v1.Enrolled.toObject(message.enrolled, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "enrolled";
                }
                if (message.launch != null && $Object.hasOwnProperty.call(message, "launch")) {
                    object.launch = $root.reducible.v1.Launch.toObject(message.launch, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "launch";
                }
                if (message.end != null && $Object.hasOwnProperty.call(message, "end")) {
                    object.end = $root.reducible.v1.End.toObject(message.end, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "end";
                }
                if (message.stop != null && $Object.hasOwnProperty.call(message, "stop")) {
                    object.stop = $root.reducible.v1.Stop.toObject(message.stop, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "stop";
                }
                if (message.failed != null && $Object.hasOwnProperty.call(message, "failed")) {
                    object.failed = $root.reducible.v1.Failed.toObject(message.failed, options, _depth + 1);
                    if (options.oneofs)
                        object.kind = "failed";
                }
                return object;
            };

            /**
             * Converts this AgentOrder to JSON.
             * @function toJSON
             * @memberof reducible.v1.AgentOrder
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            AgentOrder.prototype.toJSON = function() {
                return AgentOrder.toObject(this, $protobuf.util.toJSONOptions);
            };

            return AgentOrder;
        })();

        v1.Enroll = (function() {

            /**
             * Properties of an Enroll.
             * @typedef {Object} reducible.v1.Enroll.$Properties
             * @property {number|null} [rank] Enroll rank
             * @property {number|null} [worldSize] Enroll worldSize
             * @property {string|null} [sourceDigest] Enroll sourceDigest
             * @property {string|null} [lockfileDigest] Enroll lockfileDigest
             * @property {string|null} [kernelsDigest] Enroll kernelsDigest
             * @property {string|null} [containerDigest] Enroll containerDigest
             * @property {string|null} [hostname] Enroll hostname
             * @property {number|null} [pid] Enroll pid
             * @property {string|null} [hostJson] Enroll hostJson
             * @property {string|null} [placementJson] Enroll placementJson
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Enroll.
             * @memberof reducible.v1
             * @interface IEnroll
             * @augments reducible.v1.Enroll.$Properties
             * @deprecated Use reducible.v1.Enroll.$Properties instead.
             */

            /**
             * Shape of an Enroll.
             * @typedef {reducible.v1.Enroll.$Properties} reducible.v1.Enroll.$Shape
             */

            /**
             * Constructs a new Enroll.
             * @memberof reducible.v1
             * @classdesc Represents an Enroll.
             * @constructor
             * @param {reducible.v1.Enroll.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Enroll = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Enroll rank.
             * @member {number|null|undefined} rank
             * @memberof reducible.v1.Enroll
             * @instance
             */
            Enroll.prototype.rank = null;

            /**
             * Enroll worldSize.
             * @member {number|null|undefined} worldSize
             * @memberof reducible.v1.Enroll
             * @instance
             */
            Enroll.prototype.worldSize = null;

            /**
             * Enroll sourceDigest.
             * @member {string} sourceDigest
             * @memberof reducible.v1.Enroll
             * @instance
             */
            Enroll.prototype.sourceDigest = "";

            /**
             * Enroll lockfileDigest.
             * @member {string} lockfileDigest
             * @memberof reducible.v1.Enroll
             * @instance
             */
            Enroll.prototype.lockfileDigest = "";

            /**
             * Enroll kernelsDigest.
             * @member {string} kernelsDigest
             * @memberof reducible.v1.Enroll
             * @instance
             */
            Enroll.prototype.kernelsDigest = "";

            /**
             * Enroll containerDigest.
             * @member {string} containerDigest
             * @memberof reducible.v1.Enroll
             * @instance
             */
            Enroll.prototype.containerDigest = "";

            /**
             * Enroll hostname.
             * @member {string} hostname
             * @memberof reducible.v1.Enroll
             * @instance
             */
            Enroll.prototype.hostname = "";

            /**
             * Enroll pid.
             * @member {number} pid
             * @memberof reducible.v1.Enroll
             * @instance
             */
            Enroll.prototype.pid = 0;

            /**
             * Enroll hostJson.
             * @member {string} hostJson
             * @memberof reducible.v1.Enroll
             * @instance
             */
            Enroll.prototype.hostJson = "";

            /**
             * Enroll placementJson.
             * @member {string} placementJson
             * @memberof reducible.v1.Enroll
             * @instance
             */
            Enroll.prototype.placementJson = "";

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Enroll.prototype, "_rank", {
                get: $util.oneOfGetter($oneOfFields = ["rank"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Enroll.prototype, "_worldSize", {
                get: $util.oneOfGetter($oneOfFields = ["worldSize"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new Enroll instance using the specified properties.
             * @function create
             * @memberof reducible.v1.Enroll
             * @static
             * @param {reducible.v1.Enroll.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.Enroll} Enroll instance
             * @type {{
             *   (properties: reducible.v1.Enroll.$Shape): reducible.v1.Enroll & reducible.v1.Enroll.$Shape;
             *   (properties?: reducible.v1.Enroll.$Properties): reducible.v1.Enroll;
             * }}
             */
            Enroll.create = function(properties) {
                return new Enroll(properties);
            };

            /**
             * Encodes the specified Enroll message. Does not implicitly {@link reducible.v1.Enroll.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.Enroll
             * @static
             * @param {reducible.v1.Enroll.$Properties} message Enroll message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Enroll.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.rank != null && $Object.hasOwnProperty.call(message, "rank"))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.rank);
                if (message.worldSize != null && $Object.hasOwnProperty.call(message, "worldSize"))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.worldSize);
                if (message.sourceDigest != null && $Object.hasOwnProperty.call(message, "sourceDigest") && message.sourceDigest !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.sourceDigest);
                if (message.lockfileDigest != null && $Object.hasOwnProperty.call(message, "lockfileDigest") && message.lockfileDigest !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.lockfileDigest);
                if (message.kernelsDigest != null && $Object.hasOwnProperty.call(message, "kernelsDigest") && message.kernelsDigest !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.kernelsDigest);
                if (message.containerDigest != null && $Object.hasOwnProperty.call(message, "containerDigest") && message.containerDigest !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.containerDigest);
                if (message.hostname != null && $Object.hasOwnProperty.call(message, "hostname") && message.hostname !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.hostname);
                if (message.pid != null && $Object.hasOwnProperty.call(message, "pid") && message.pid !== 0)
                    writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.pid);
                if (message.hostJson != null && $Object.hasOwnProperty.call(message, "hostJson") && message.hostJson !== "")
                    writer.uint32(/* id 9, wireType 2 =*/74).string(message.hostJson);
                if (message.placementJson != null && $Object.hasOwnProperty.call(message, "placementJson") && message.placementJson !== "")
                    writer.uint32(/* id 10, wireType 2 =*/82).string(message.placementJson);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Enroll message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.Enroll
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.Enroll & reducible.v1.Enroll.$Shape} Enroll
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Enroll.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.Enroll();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.rank = reader.uint32();
                            message._rank = "rank";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.worldSize = reader.uint32();
                            message._worldSize = "worldSize";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.sourceDigest = value;
                            else
                                delete message.sourceDigest;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.lockfileDigest = value;
                            else
                                delete message.lockfileDigest;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.kernelsDigest = value;
                            else
                                delete message.kernelsDigest;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.containerDigest = value;
                            else
                                delete message.containerDigest;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.hostname = value;
                            else
                                delete message.hostname;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.pid = value;
                            else
                                delete message.pid;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.hostJson = value;
                            else
                                delete message.hostJson;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.placementJson = value;
                            else
                                delete message.placementJson;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates an Enroll message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.Enroll
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.Enroll} Enroll
             */
            Enroll.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.Enroll)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.Enroll: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.Enroll();
                if (object.rank != null)
                    message.rank = object.rank >>> 0;
                if (object.worldSize != null)
                    message.worldSize = object.worldSize >>> 0;
                if (object.sourceDigest != null)
                    if (typeof object.sourceDigest !== "string" || object.sourceDigest.length)
                        message.sourceDigest = $String(object.sourceDigest);
                if (object.lockfileDigest != null)
                    if (typeof object.lockfileDigest !== "string" || object.lockfileDigest.length)
                        message.lockfileDigest = $String(object.lockfileDigest);
                if (object.kernelsDigest != null)
                    if (typeof object.kernelsDigest !== "string" || object.kernelsDigest.length)
                        message.kernelsDigest = $String(object.kernelsDigest);
                if (object.containerDigest != null)
                    if (typeof object.containerDigest !== "string" || object.containerDigest.length)
                        message.containerDigest = $String(object.containerDigest);
                if (object.hostname != null)
                    if (typeof object.hostname !== "string" || object.hostname.length)
                        message.hostname = $String(object.hostname);
                if (object.pid != null)
                    if ($Number(object.pid) !== 0)
                        message.pid = object.pid >>> 0;
                if (object.hostJson != null)
                    if (typeof object.hostJson !== "string" || object.hostJson.length)
                        message.hostJson = $String(object.hostJson);
                if (object.placementJson != null)
                    if (typeof object.placementJson !== "string" || object.placementJson.length)
                        message.placementJson = $String(object.placementJson);
                return message;
            };

            /**
             * Creates a plain object from an Enroll message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.Enroll
             * @static
             * @param {reducible.v1.Enroll} message Enroll
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Enroll.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.sourceDigest = "";
                    object.lockfileDigest = "";
                    object.kernelsDigest = "";
                    object.containerDigest = "";
                    object.hostname = "";
                    object.pid = 0;
                    object.hostJson = "";
                    object.placementJson = "";
                }
                if (message.rank != null && $Object.hasOwnProperty.call(message, "rank"))
                    object.rank = message.rank;
                if (message.worldSize != null && $Object.hasOwnProperty.call(message, "worldSize"))
                    object.worldSize = message.worldSize;
                if (message.sourceDigest != null && $Object.hasOwnProperty.call(message, "sourceDigest"))
                    object.sourceDigest = message.sourceDigest;
                if (message.lockfileDigest != null && $Object.hasOwnProperty.call(message, "lockfileDigest"))
                    object.lockfileDigest = message.lockfileDigest;
                if (message.kernelsDigest != null && $Object.hasOwnProperty.call(message, "kernelsDigest"))
                    object.kernelsDigest = message.kernelsDigest;
                if (message.containerDigest != null && $Object.hasOwnProperty.call(message, "containerDigest"))
                    object.containerDigest = message.containerDigest;
                if (message.hostname != null && $Object.hasOwnProperty.call(message, "hostname"))
                    object.hostname = message.hostname;
                if (message.pid != null && $Object.hasOwnProperty.call(message, "pid"))
                    object.pid = message.pid;
                if (message.hostJson != null && $Object.hasOwnProperty.call(message, "hostJson"))
                    object.hostJson = message.hostJson;
                if (message.placementJson != null && $Object.hasOwnProperty.call(message, "placementJson"))
                    object.placementJson = message.placementJson;
                return object;
            };

            /**
             * Converts this Enroll to JSON.
             * @function toJSON
             * @memberof reducible.v1.Enroll
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Enroll.prototype.toJSON = function() {
                return Enroll.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Enroll;
        })();

        v1.Enrolled = (function() {

            /**
             * Properties of an Enrolled.
             * @typedef {Object} reducible.v1.Enrolled.$Properties
             * @property {number|null} [rank] Enrolled rank
             * @property {number|null} [worldSize] Enrolled worldSize
             * @property {string|null} [adapter] Enrolled adapter
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Enrolled.
             * @memberof reducible.v1
             * @interface IEnrolled
             * @augments reducible.v1.Enrolled.$Properties
             * @deprecated Use reducible.v1.Enrolled.$Properties instead.
             */

            /**
             * Shape of an Enrolled.
             * @typedef {reducible.v1.Enrolled.$Properties} reducible.v1.Enrolled.$Shape
             */

            /**
             * Constructs a new Enrolled.
             * @memberof reducible.v1
             * @classdesc Represents an Enrolled.
             * @constructor
             * @param {reducible.v1.Enrolled.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Enrolled = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Enrolled rank.
             * @member {number} rank
             * @memberof reducible.v1.Enrolled
             * @instance
             */
            Enrolled.prototype.rank = 0;

            /**
             * Enrolled worldSize.
             * @member {number} worldSize
             * @memberof reducible.v1.Enrolled
             * @instance
             */
            Enrolled.prototype.worldSize = 0;

            /**
             * Enrolled adapter.
             * @member {string} adapter
             * @memberof reducible.v1.Enrolled
             * @instance
             */
            Enrolled.prototype.adapter = "";

            /**
             * Creates a new Enrolled instance using the specified properties.
             * @function create
             * @memberof reducible.v1.Enrolled
             * @static
             * @param {reducible.v1.Enrolled.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.Enrolled} Enrolled instance
             * @type {{
             *   (properties: reducible.v1.Enrolled.$Shape): reducible.v1.Enrolled & reducible.v1.Enrolled.$Shape;
             *   (properties?: reducible.v1.Enrolled.$Properties): reducible.v1.Enrolled;
             * }}
             */
            Enrolled.create = function(properties) {
                return new Enrolled(properties);
            };

            /**
             * Encodes the specified Enrolled message. Does not implicitly {@link reducible.v1.Enrolled.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.Enrolled
             * @static
             * @param {reducible.v1.Enrolled.$Properties} message Enrolled message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Enrolled.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.rank != null && $Object.hasOwnProperty.call(message, "rank") && message.rank !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.rank);
                if (message.worldSize != null && $Object.hasOwnProperty.call(message, "worldSize") && message.worldSize !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.worldSize);
                if (message.adapter != null && $Object.hasOwnProperty.call(message, "adapter") && message.adapter !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.adapter);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Enrolled message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.Enrolled
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.Enrolled & reducible.v1.Enrolled.$Shape} Enrolled
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Enrolled.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.Enrolled();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.rank = value;
                            else
                                delete message.rank;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.worldSize = value;
                            else
                                delete message.worldSize;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.adapter = value;
                            else
                                delete message.adapter;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates an Enrolled message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.Enrolled
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.Enrolled} Enrolled
             */
            Enrolled.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.Enrolled)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.Enrolled: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.Enrolled();
                if (object.rank != null)
                    if ($Number(object.rank) !== 0)
                        message.rank = object.rank >>> 0;
                if (object.worldSize != null)
                    if ($Number(object.worldSize) !== 0)
                        message.worldSize = object.worldSize >>> 0;
                if (object.adapter != null)
                    if (typeof object.adapter !== "string" || object.adapter.length)
                        message.adapter = $String(object.adapter);
                return message;
            };

            /**
             * Creates a plain object from an Enrolled message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.Enrolled
             * @static
             * @param {reducible.v1.Enrolled} message Enrolled
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Enrolled.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.rank = 0;
                    object.worldSize = 0;
                    object.adapter = "";
                }
                if (message.rank != null && $Object.hasOwnProperty.call(message, "rank"))
                    object.rank = message.rank;
                if (message.worldSize != null && $Object.hasOwnProperty.call(message, "worldSize"))
                    object.worldSize = message.worldSize;
                if (message.adapter != null && $Object.hasOwnProperty.call(message, "adapter"))
                    object.adapter = message.adapter;
                return object;
            };

            /**
             * Converts this Enrolled to JSON.
             * @function toJSON
             * @memberof reducible.v1.Enrolled
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Enrolled.prototype.toJSON = function() {
                return Enrolled.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Enrolled;
        })();

        v1.Prepared = (function() {

            /**
             * Properties of a Prepared.
             * @typedef {Object} reducible.v1.Prepared.$Properties
             * @property {string|null} [probeJson] Prepared probeJson
             * @property {string|null} [nodeJson] Prepared nodeJson
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Prepared.
             * @memberof reducible.v1
             * @interface IPrepared
             * @augments reducible.v1.Prepared.$Properties
             * @deprecated Use reducible.v1.Prepared.$Properties instead.
             */

            /**
             * Shape of a Prepared.
             * @typedef {reducible.v1.Prepared.$Properties} reducible.v1.Prepared.$Shape
             */

            /**
             * Constructs a new Prepared.
             * @memberof reducible.v1
             * @classdesc Represents a Prepared.
             * @constructor
             * @param {reducible.v1.Prepared.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Prepared = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Prepared probeJson.
             * @member {string} probeJson
             * @memberof reducible.v1.Prepared
             * @instance
             */
            Prepared.prototype.probeJson = "";

            /**
             * Prepared nodeJson.
             * @member {string} nodeJson
             * @memberof reducible.v1.Prepared
             * @instance
             */
            Prepared.prototype.nodeJson = "";

            /**
             * Creates a new Prepared instance using the specified properties.
             * @function create
             * @memberof reducible.v1.Prepared
             * @static
             * @param {reducible.v1.Prepared.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.Prepared} Prepared instance
             * @type {{
             *   (properties: reducible.v1.Prepared.$Shape): reducible.v1.Prepared & reducible.v1.Prepared.$Shape;
             *   (properties?: reducible.v1.Prepared.$Properties): reducible.v1.Prepared;
             * }}
             */
            Prepared.create = function(properties) {
                return new Prepared(properties);
            };

            /**
             * Encodes the specified Prepared message. Does not implicitly {@link reducible.v1.Prepared.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.Prepared
             * @static
             * @param {reducible.v1.Prepared.$Properties} message Prepared message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Prepared.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.probeJson != null && $Object.hasOwnProperty.call(message, "probeJson") && message.probeJson !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.probeJson);
                if (message.nodeJson != null && $Object.hasOwnProperty.call(message, "nodeJson") && message.nodeJson !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.nodeJson);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Prepared message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.Prepared
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.Prepared & reducible.v1.Prepared.$Shape} Prepared
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Prepared.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.Prepared();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.probeJson = value;
                            else
                                delete message.probeJson;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.nodeJson = value;
                            else
                                delete message.nodeJson;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Prepared message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.Prepared
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.Prepared} Prepared
             */
            Prepared.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.Prepared)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.Prepared: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.Prepared();
                if (object.probeJson != null)
                    if (typeof object.probeJson !== "string" || object.probeJson.length)
                        message.probeJson = $String(object.probeJson);
                if (object.nodeJson != null)
                    if (typeof object.nodeJson !== "string" || object.nodeJson.length)
                        message.nodeJson = $String(object.nodeJson);
                return message;
            };

            /**
             * Creates a plain object from a Prepared message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.Prepared
             * @static
             * @param {reducible.v1.Prepared} message Prepared
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Prepared.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.probeJson = "";
                    object.nodeJson = "";
                }
                if (message.probeJson != null && $Object.hasOwnProperty.call(message, "probeJson"))
                    object.probeJson = message.probeJson;
                if (message.nodeJson != null && $Object.hasOwnProperty.call(message, "nodeJson"))
                    object.nodeJson = message.nodeJson;
                return object;
            };

            /**
             * Converts this Prepared to JSON.
             * @function toJSON
             * @memberof reducible.v1.Prepared
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Prepared.prototype.toJSON = function() {
                return Prepared.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Prepared;
        })();

        v1.Launch = (function() {

            /**
             * Properties of a Launch.
             * @typedef {Object} reducible.v1.Launch.$Properties
             * @property {string|null} [trial] Launch trial
             * @property {number|null} [launchIndex] Launch launchIndex
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Launch.
             * @memberof reducible.v1
             * @interface ILaunch
             * @augments reducible.v1.Launch.$Properties
             * @deprecated Use reducible.v1.Launch.$Properties instead.
             */

            /**
             * Shape of a Launch.
             * @typedef {reducible.v1.Launch.$Properties} reducible.v1.Launch.$Shape
             */

            /**
             * Constructs a new Launch.
             * @memberof reducible.v1
             * @classdesc Represents a Launch.
             * @constructor
             * @param {reducible.v1.Launch.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Launch = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Launch trial.
             * @member {string} trial
             * @memberof reducible.v1.Launch
             * @instance
             */
            Launch.prototype.trial = "";

            /**
             * Launch launchIndex.
             * @member {number} launchIndex
             * @memberof reducible.v1.Launch
             * @instance
             */
            Launch.prototype.launchIndex = 0;

            /**
             * Creates a new Launch instance using the specified properties.
             * @function create
             * @memberof reducible.v1.Launch
             * @static
             * @param {reducible.v1.Launch.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.Launch} Launch instance
             * @type {{
             *   (properties: reducible.v1.Launch.$Shape): reducible.v1.Launch & reducible.v1.Launch.$Shape;
             *   (properties?: reducible.v1.Launch.$Properties): reducible.v1.Launch;
             * }}
             */
            Launch.create = function(properties) {
                return new Launch(properties);
            };

            /**
             * Encodes the specified Launch message. Does not implicitly {@link reducible.v1.Launch.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.Launch
             * @static
             * @param {reducible.v1.Launch.$Properties} message Launch message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Launch.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.trial != null && $Object.hasOwnProperty.call(message, "trial") && message.trial !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.trial);
                if (message.launchIndex != null && $Object.hasOwnProperty.call(message, "launchIndex") && message.launchIndex !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.launchIndex);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Launch message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.Launch
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.Launch & reducible.v1.Launch.$Shape} Launch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Launch.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.Launch();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.trial = value;
                            else
                                delete message.trial;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.launchIndex = value;
                            else
                                delete message.launchIndex;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Launch message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.Launch
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.Launch} Launch
             */
            Launch.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.Launch)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.Launch: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.Launch();
                if (object.trial != null)
                    if (typeof object.trial !== "string" || object.trial.length)
                        message.trial = $String(object.trial);
                if (object.launchIndex != null)
                    if ($Number(object.launchIndex) !== 0)
                        message.launchIndex = object.launchIndex >>> 0;
                return message;
            };

            /**
             * Creates a plain object from a Launch message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.Launch
             * @static
             * @param {reducible.v1.Launch} message Launch
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Launch.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.trial = "";
                    object.launchIndex = 0;
                }
                if (message.trial != null && $Object.hasOwnProperty.call(message, "trial"))
                    object.trial = message.trial;
                if (message.launchIndex != null && $Object.hasOwnProperty.call(message, "launchIndex"))
                    object.launchIndex = message.launchIndex;
                return object;
            };

            /**
             * Converts this Launch to JSON.
             * @function toJSON
             * @memberof reducible.v1.Launch
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Launch.prototype.toJSON = function() {
                return Launch.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Launch;
        })();

        v1.End = (function() {

            /**
             * Properties of an End.
             * @typedef {Object} reducible.v1.End.$Properties
             * @property {string|null} [trial] End trial
             * @property {number|null} [launchIndex] End launchIndex
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an End.
             * @memberof reducible.v1
             * @interface IEnd
             * @augments reducible.v1.End.$Properties
             * @deprecated Use reducible.v1.End.$Properties instead.
             */

            /**
             * Shape of an End.
             * @typedef {reducible.v1.End.$Properties} reducible.v1.End.$Shape
             */

            /**
             * Constructs a new End.
             * @memberof reducible.v1
             * @classdesc Represents an End.
             * @constructor
             * @param {reducible.v1.End.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const End = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * End trial.
             * @member {string} trial
             * @memberof reducible.v1.End
             * @instance
             */
            End.prototype.trial = "";

            /**
             * End launchIndex.
             * @member {number} launchIndex
             * @memberof reducible.v1.End
             * @instance
             */
            End.prototype.launchIndex = 0;

            /**
             * Creates a new End instance using the specified properties.
             * @function create
             * @memberof reducible.v1.End
             * @static
             * @param {reducible.v1.End.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.End} End instance
             * @type {{
             *   (properties: reducible.v1.End.$Shape): reducible.v1.End & reducible.v1.End.$Shape;
             *   (properties?: reducible.v1.End.$Properties): reducible.v1.End;
             * }}
             */
            End.create = function(properties) {
                return new End(properties);
            };

            /**
             * Encodes the specified End message. Does not implicitly {@link reducible.v1.End.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.End
             * @static
             * @param {reducible.v1.End.$Properties} message End message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            End.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.trial != null && $Object.hasOwnProperty.call(message, "trial") && message.trial !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.trial);
                if (message.launchIndex != null && $Object.hasOwnProperty.call(message, "launchIndex") && message.launchIndex !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.launchIndex);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an End message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.End
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.End & reducible.v1.End.$Shape} End
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            End.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.End();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.trial = value;
                            else
                                delete message.trial;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.launchIndex = value;
                            else
                                delete message.launchIndex;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates an End message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.End
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.End} End
             */
            End.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.End)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.End: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.End();
                if (object.trial != null)
                    if (typeof object.trial !== "string" || object.trial.length)
                        message.trial = $String(object.trial);
                if (object.launchIndex != null)
                    if ($Number(object.launchIndex) !== 0)
                        message.launchIndex = object.launchIndex >>> 0;
                return message;
            };

            /**
             * Creates a plain object from an End message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.End
             * @static
             * @param {reducible.v1.End} message End
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            End.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.trial = "";
                    object.launchIndex = 0;
                }
                if (message.trial != null && $Object.hasOwnProperty.call(message, "trial"))
                    object.trial = message.trial;
                if (message.launchIndex != null && $Object.hasOwnProperty.call(message, "launchIndex"))
                    object.launchIndex = message.launchIndex;
                return object;
            };

            /**
             * Converts this End to JSON.
             * @function toJSON
             * @memberof reducible.v1.End
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            End.prototype.toJSON = function() {
                return End.toObject(this, $protobuf.util.toJSONOptions);
            };

            return End;
        })();

        v1.Exited = (function() {

            /**
             * Properties of an Exited.
             * @typedef {Object} reducible.v1.Exited.$Properties
             * @property {string|null} [trial] Exited trial
             * @property {number|null} [launchIndex] Exited launchIndex
             * @property {string|null} [how] Exited how
             * @property {string|null} [lastLines] Exited lastLines
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Exited.
             * @memberof reducible.v1
             * @interface IExited
             * @augments reducible.v1.Exited.$Properties
             * @deprecated Use reducible.v1.Exited.$Properties instead.
             */

            /**
             * Shape of an Exited.
             * @typedef {reducible.v1.Exited.$Properties} reducible.v1.Exited.$Shape
             */

            /**
             * Constructs a new Exited.
             * @memberof reducible.v1
             * @classdesc Represents an Exited.
             * @constructor
             * @param {reducible.v1.Exited.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Exited = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Exited trial.
             * @member {string} trial
             * @memberof reducible.v1.Exited
             * @instance
             */
            Exited.prototype.trial = "";

            /**
             * Exited launchIndex.
             * @member {number} launchIndex
             * @memberof reducible.v1.Exited
             * @instance
             */
            Exited.prototype.launchIndex = 0;

            /**
             * Exited how.
             * @member {string} how
             * @memberof reducible.v1.Exited
             * @instance
             */
            Exited.prototype.how = "";

            /**
             * Exited lastLines.
             * @member {string} lastLines
             * @memberof reducible.v1.Exited
             * @instance
             */
            Exited.prototype.lastLines = "";

            /**
             * Creates a new Exited instance using the specified properties.
             * @function create
             * @memberof reducible.v1.Exited
             * @static
             * @param {reducible.v1.Exited.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.Exited} Exited instance
             * @type {{
             *   (properties: reducible.v1.Exited.$Shape): reducible.v1.Exited & reducible.v1.Exited.$Shape;
             *   (properties?: reducible.v1.Exited.$Properties): reducible.v1.Exited;
             * }}
             */
            Exited.create = function(properties) {
                return new Exited(properties);
            };

            /**
             * Encodes the specified Exited message. Does not implicitly {@link reducible.v1.Exited.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.Exited
             * @static
             * @param {reducible.v1.Exited.$Properties} message Exited message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Exited.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.trial != null && $Object.hasOwnProperty.call(message, "trial") && message.trial !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.trial);
                if (message.launchIndex != null && $Object.hasOwnProperty.call(message, "launchIndex") && message.launchIndex !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.launchIndex);
                if (message.how != null && $Object.hasOwnProperty.call(message, "how") && message.how !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.how);
                if (message.lastLines != null && $Object.hasOwnProperty.call(message, "lastLines") && message.lastLines !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.lastLines);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Exited message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.Exited
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.Exited & reducible.v1.Exited.$Shape} Exited
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Exited.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.Exited();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.trial = value;
                            else
                                delete message.trial;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.launchIndex = value;
                            else
                                delete message.launchIndex;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.how = value;
                            else
                                delete message.how;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.lastLines = value;
                            else
                                delete message.lastLines;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates an Exited message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.Exited
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.Exited} Exited
             */
            Exited.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.Exited)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.Exited: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.Exited();
                if (object.trial != null)
                    if (typeof object.trial !== "string" || object.trial.length)
                        message.trial = $String(object.trial);
                if (object.launchIndex != null)
                    if ($Number(object.launchIndex) !== 0)
                        message.launchIndex = object.launchIndex >>> 0;
                if (object.how != null)
                    if (typeof object.how !== "string" || object.how.length)
                        message.how = $String(object.how);
                if (object.lastLines != null)
                    if (typeof object.lastLines !== "string" || object.lastLines.length)
                        message.lastLines = $String(object.lastLines);
                return message;
            };

            /**
             * Creates a plain object from an Exited message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.Exited
             * @static
             * @param {reducible.v1.Exited} message Exited
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Exited.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.trial = "";
                    object.launchIndex = 0;
                    object.how = "";
                    object.lastLines = "";
                }
                if (message.trial != null && $Object.hasOwnProperty.call(message, "trial"))
                    object.trial = message.trial;
                if (message.launchIndex != null && $Object.hasOwnProperty.call(message, "launchIndex"))
                    object.launchIndex = message.launchIndex;
                if (message.how != null && $Object.hasOwnProperty.call(message, "how"))
                    object.how = message.how;
                if (message.lastLines != null && $Object.hasOwnProperty.call(message, "lastLines"))
                    object.lastLines = message.lastLines;
                return object;
            };

            /**
             * Converts this Exited to JSON.
             * @function toJSON
             * @memberof reducible.v1.Exited
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Exited.prototype.toJSON = function() {
                return Exited.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Exited;
        })();

        v1.Join = (function() {

            /**
             * Properties of a Join.
             * @typedef {Object} reducible.v1.Join.$Properties
             * @property {string|null} [trial] Join trial
             * @property {number|null} [launchIndex] Join launchIndex
             * @property {string|null} [sourceDigest] Join sourceDigest
             * @property {string|null} [lockfileDigest] Join lockfileDigest
             * @property {string|null} [kernelsDigest] Join kernelsDigest
             * @property {number|null} [pid] Join pid
             * @property {string|null} [containerDigest] Join containerDigest
             * @property {string|null} [hostname] Join hostname
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Join.
             * @memberof reducible.v1
             * @interface IJoin
             * @augments reducible.v1.Join.$Properties
             * @deprecated Use reducible.v1.Join.$Properties instead.
             */

            /**
             * Shape of a Join.
             * @typedef {reducible.v1.Join.$Properties} reducible.v1.Join.$Shape
             */

            /**
             * Constructs a new Join.
             * @memberof reducible.v1
             * @classdesc Represents a Join.
             * @constructor
             * @param {reducible.v1.Join.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Join = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Join trial.
             * @member {string} trial
             * @memberof reducible.v1.Join
             * @instance
             */
            Join.prototype.trial = "";

            /**
             * Join launchIndex.
             * @member {number} launchIndex
             * @memberof reducible.v1.Join
             * @instance
             */
            Join.prototype.launchIndex = 0;

            /**
             * Join sourceDigest.
             * @member {string} sourceDigest
             * @memberof reducible.v1.Join
             * @instance
             */
            Join.prototype.sourceDigest = "";

            /**
             * Join lockfileDigest.
             * @member {string} lockfileDigest
             * @memberof reducible.v1.Join
             * @instance
             */
            Join.prototype.lockfileDigest = "";

            /**
             * Join kernelsDigest.
             * @member {string} kernelsDigest
             * @memberof reducible.v1.Join
             * @instance
             */
            Join.prototype.kernelsDigest = "";

            /**
             * Join pid.
             * @member {number} pid
             * @memberof reducible.v1.Join
             * @instance
             */
            Join.prototype.pid = 0;

            /**
             * Join containerDigest.
             * @member {string} containerDigest
             * @memberof reducible.v1.Join
             * @instance
             */
            Join.prototype.containerDigest = "";

            /**
             * Join hostname.
             * @member {string} hostname
             * @memberof reducible.v1.Join
             * @instance
             */
            Join.prototype.hostname = "";

            /**
             * Creates a new Join instance using the specified properties.
             * @function create
             * @memberof reducible.v1.Join
             * @static
             * @param {reducible.v1.Join.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.Join} Join instance
             * @type {{
             *   (properties: reducible.v1.Join.$Shape): reducible.v1.Join & reducible.v1.Join.$Shape;
             *   (properties?: reducible.v1.Join.$Properties): reducible.v1.Join;
             * }}
             */
            Join.create = function(properties) {
                return new Join(properties);
            };

            /**
             * Encodes the specified Join message. Does not implicitly {@link reducible.v1.Join.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.Join
             * @static
             * @param {reducible.v1.Join.$Properties} message Join message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Join.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.trial != null && $Object.hasOwnProperty.call(message, "trial") && message.trial !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.trial);
                if (message.launchIndex != null && $Object.hasOwnProperty.call(message, "launchIndex") && message.launchIndex !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.launchIndex);
                if (message.sourceDigest != null && $Object.hasOwnProperty.call(message, "sourceDigest") && message.sourceDigest !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.sourceDigest);
                if (message.lockfileDigest != null && $Object.hasOwnProperty.call(message, "lockfileDigest") && message.lockfileDigest !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.lockfileDigest);
                if (message.kernelsDigest != null && $Object.hasOwnProperty.call(message, "kernelsDigest") && message.kernelsDigest !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.kernelsDigest);
                if (message.pid != null && $Object.hasOwnProperty.call(message, "pid") && message.pid !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.pid);
                if (message.containerDigest != null && $Object.hasOwnProperty.call(message, "containerDigest") && message.containerDigest !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.containerDigest);
                if (message.hostname != null && $Object.hasOwnProperty.call(message, "hostname") && message.hostname !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.hostname);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Join message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.Join
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.Join & reducible.v1.Join.$Shape} Join
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Join.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.Join();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.trial = value;
                            else
                                delete message.trial;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.launchIndex = value;
                            else
                                delete message.launchIndex;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.sourceDigest = value;
                            else
                                delete message.sourceDigest;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.lockfileDigest = value;
                            else
                                delete message.lockfileDigest;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.kernelsDigest = value;
                            else
                                delete message.kernelsDigest;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.pid = value;
                            else
                                delete message.pid;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.containerDigest = value;
                            else
                                delete message.containerDigest;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.hostname = value;
                            else
                                delete message.hostname;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Join message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.Join
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.Join} Join
             */
            Join.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.Join)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.Join: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.Join();
                if (object.trial != null)
                    if (typeof object.trial !== "string" || object.trial.length)
                        message.trial = $String(object.trial);
                if (object.launchIndex != null)
                    if ($Number(object.launchIndex) !== 0)
                        message.launchIndex = object.launchIndex >>> 0;
                if (object.sourceDigest != null)
                    if (typeof object.sourceDigest !== "string" || object.sourceDigest.length)
                        message.sourceDigest = $String(object.sourceDigest);
                if (object.lockfileDigest != null)
                    if (typeof object.lockfileDigest !== "string" || object.lockfileDigest.length)
                        message.lockfileDigest = $String(object.lockfileDigest);
                if (object.kernelsDigest != null)
                    if (typeof object.kernelsDigest !== "string" || object.kernelsDigest.length)
                        message.kernelsDigest = $String(object.kernelsDigest);
                if (object.pid != null)
                    if ($Number(object.pid) !== 0)
                        message.pid = object.pid >>> 0;
                if (object.containerDigest != null)
                    if (typeof object.containerDigest !== "string" || object.containerDigest.length)
                        message.containerDigest = $String(object.containerDigest);
                if (object.hostname != null)
                    if (typeof object.hostname !== "string" || object.hostname.length)
                        message.hostname = $String(object.hostname);
                return message;
            };

            /**
             * Creates a plain object from a Join message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.Join
             * @static
             * @param {reducible.v1.Join} message Join
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Join.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.trial = "";
                    object.launchIndex = 0;
                    object.sourceDigest = "";
                    object.lockfileDigest = "";
                    object.kernelsDigest = "";
                    object.pid = 0;
                    object.containerDigest = "";
                    object.hostname = "";
                }
                if (message.trial != null && $Object.hasOwnProperty.call(message, "trial"))
                    object.trial = message.trial;
                if (message.launchIndex != null && $Object.hasOwnProperty.call(message, "launchIndex"))
                    object.launchIndex = message.launchIndex;
                if (message.sourceDigest != null && $Object.hasOwnProperty.call(message, "sourceDigest"))
                    object.sourceDigest = message.sourceDigest;
                if (message.lockfileDigest != null && $Object.hasOwnProperty.call(message, "lockfileDigest"))
                    object.lockfileDigest = message.lockfileDigest;
                if (message.kernelsDigest != null && $Object.hasOwnProperty.call(message, "kernelsDigest"))
                    object.kernelsDigest = message.kernelsDigest;
                if (message.pid != null && $Object.hasOwnProperty.call(message, "pid"))
                    object.pid = message.pid;
                if (message.containerDigest != null && $Object.hasOwnProperty.call(message, "containerDigest"))
                    object.containerDigest = message.containerDigest;
                if (message.hostname != null && $Object.hasOwnProperty.call(message, "hostname"))
                    object.hostname = message.hostname;
                return object;
            };

            /**
             * Converts this Join to JSON.
             * @function toJSON
             * @memberof reducible.v1.Join
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Join.prototype.toJSON = function() {
                return Join.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Join;
        })();

        v1.Welcome = (function() {

            /**
             * Properties of a Welcome.
             * @typedef {Object} reducible.v1.Welcome.$Properties
             * @property {number|null} [node] Welcome node
             * @property {number|null} [nodeCount] Welcome nodeCount
             * @property {string|null} [assignmentJson] Welcome assignmentJson
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Welcome.
             * @memberof reducible.v1
             * @interface IWelcome
             * @augments reducible.v1.Welcome.$Properties
             * @deprecated Use reducible.v1.Welcome.$Properties instead.
             */

            /**
             * Shape of a Welcome.
             * @typedef {reducible.v1.Welcome.$Properties} reducible.v1.Welcome.$Shape
             */

            /**
             * Constructs a new Welcome.
             * @memberof reducible.v1
             * @classdesc Represents a Welcome.
             * @constructor
             * @param {reducible.v1.Welcome.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Welcome = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Welcome node.
             * @member {number} node
             * @memberof reducible.v1.Welcome
             * @instance
             */
            Welcome.prototype.node = 0;

            /**
             * Welcome nodeCount.
             * @member {number} nodeCount
             * @memberof reducible.v1.Welcome
             * @instance
             */
            Welcome.prototype.nodeCount = 0;

            /**
             * Welcome assignmentJson.
             * @member {string} assignmentJson
             * @memberof reducible.v1.Welcome
             * @instance
             */
            Welcome.prototype.assignmentJson = "";

            /**
             * Creates a new Welcome instance using the specified properties.
             * @function create
             * @memberof reducible.v1.Welcome
             * @static
             * @param {reducible.v1.Welcome.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.Welcome} Welcome instance
             * @type {{
             *   (properties: reducible.v1.Welcome.$Shape): reducible.v1.Welcome & reducible.v1.Welcome.$Shape;
             *   (properties?: reducible.v1.Welcome.$Properties): reducible.v1.Welcome;
             * }}
             */
            Welcome.create = function(properties) {
                return new Welcome(properties);
            };

            /**
             * Encodes the specified Welcome message. Does not implicitly {@link reducible.v1.Welcome.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.Welcome
             * @static
             * @param {reducible.v1.Welcome.$Properties} message Welcome message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Welcome.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.node);
                if (message.nodeCount != null && $Object.hasOwnProperty.call(message, "nodeCount") && message.nodeCount !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.nodeCount);
                if (message.assignmentJson != null && $Object.hasOwnProperty.call(message, "assignmentJson") && message.assignmentJson !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.assignmentJson);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Welcome message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.Welcome
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.Welcome & reducible.v1.Welcome.$Shape} Welcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Welcome.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.Welcome();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.node = value;
                            else
                                delete message.node;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.nodeCount = value;
                            else
                                delete message.nodeCount;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.assignmentJson = value;
                            else
                                delete message.assignmentJson;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Welcome message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.Welcome
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.Welcome} Welcome
             */
            Welcome.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.Welcome)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.Welcome: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.Welcome();
                if (object.node != null)
                    if ($Number(object.node) !== 0)
                        message.node = object.node >>> 0;
                if (object.nodeCount != null)
                    if ($Number(object.nodeCount) !== 0)
                        message.nodeCount = object.nodeCount >>> 0;
                if (object.assignmentJson != null)
                    if (typeof object.assignmentJson !== "string" || object.assignmentJson.length)
                        message.assignmentJson = $String(object.assignmentJson);
                return message;
            };

            /**
             * Creates a plain object from a Welcome message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.Welcome
             * @static
             * @param {reducible.v1.Welcome} message Welcome
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Welcome.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.node = 0;
                    object.nodeCount = 0;
                    object.assignmentJson = "";
                }
                if (message.node != null && $Object.hasOwnProperty.call(message, "node"))
                    object.node = message.node;
                if (message.nodeCount != null && $Object.hasOwnProperty.call(message, "nodeCount"))
                    object.nodeCount = message.nodeCount;
                if (message.assignmentJson != null && $Object.hasOwnProperty.call(message, "assignmentJson"))
                    object.assignmentJson = message.assignmentJson;
                return object;
            };

            /**
             * Converts this Welcome to JSON.
             * @function toJSON
             * @memberof reducible.v1.Welcome
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Welcome.prototype.toJSON = function() {
                return Welcome.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Welcome;
        })();

        v1.Ready = (function() {

            /**
             * Properties of a Ready.
             * @typedef {Object} reducible.v1.Ready.$Properties
             * @property {Array.<string>|null} [exchangeAddresses] Ready exchangeAddresses
             * @property {string|null} [adapterJson] Ready adapterJson
             * @property {Object.<string,string>|null} [dataDigests] Ready dataDigests
             * @property {string|null} [rowMapDigest] Ready rowMapDigest
             * @property {number|null} [readyMs] Ready readyMs
             * @property {string|null} [linkAddress] Ready linkAddress
             * @property {string|null} [gpuId] Ready gpuId
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Ready.
             * @memberof reducible.v1
             * @interface IReady
             * @augments reducible.v1.Ready.$Properties
             * @deprecated Use reducible.v1.Ready.$Properties instead.
             */

            /**
             * Shape of a Ready.
             * @typedef {reducible.v1.Ready.$Properties} reducible.v1.Ready.$Shape
             */

            /**
             * Constructs a new Ready.
             * @memberof reducible.v1
             * @classdesc Represents a Ready.
             * @constructor
             * @param {reducible.v1.Ready.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Ready = function (properties) {
                this.exchangeAddresses = [];
                this.dataDigests = {};
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Ready exchangeAddresses.
             * @member {Array.<string>} exchangeAddresses
             * @memberof reducible.v1.Ready
             * @instance
             */
            Ready.prototype.exchangeAddresses = $util.emptyArray;

            /**
             * Ready adapterJson.
             * @member {string} adapterJson
             * @memberof reducible.v1.Ready
             * @instance
             */
            Ready.prototype.adapterJson = "";

            /**
             * Ready dataDigests.
             * @member {Object.<string,string>} dataDigests
             * @memberof reducible.v1.Ready
             * @instance
             */
            Ready.prototype.dataDigests = $util.emptyObject;

            /**
             * Ready rowMapDigest.
             * @member {string} rowMapDigest
             * @memberof reducible.v1.Ready
             * @instance
             */
            Ready.prototype.rowMapDigest = "";

            /**
             * Ready readyMs.
             * @member {number} readyMs
             * @memberof reducible.v1.Ready
             * @instance
             */
            Ready.prototype.readyMs = 0;

            /**
             * Ready linkAddress.
             * @member {string} linkAddress
             * @memberof reducible.v1.Ready
             * @instance
             */
            Ready.prototype.linkAddress = "";

            /**
             * Ready gpuId.
             * @member {string} gpuId
             * @memberof reducible.v1.Ready
             * @instance
             */
            Ready.prototype.gpuId = "";

            /**
             * Creates a new Ready instance using the specified properties.
             * @function create
             * @memberof reducible.v1.Ready
             * @static
             * @param {reducible.v1.Ready.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.Ready} Ready instance
             * @type {{
             *   (properties: reducible.v1.Ready.$Shape): reducible.v1.Ready & reducible.v1.Ready.$Shape;
             *   (properties?: reducible.v1.Ready.$Properties): reducible.v1.Ready;
             * }}
             */
            Ready.create = function(properties) {
                return new Ready(properties);
            };

            /**
             * Encodes the specified Ready message. Does not implicitly {@link reducible.v1.Ready.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.Ready
             * @static
             * @param {reducible.v1.Ready.$Properties} message Ready message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Ready.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.exchangeAddresses != null && message.exchangeAddresses.length)
                    for (let i = 0; i < message.exchangeAddresses.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.exchangeAddresses[i]);
                if (message.adapterJson != null && $Object.hasOwnProperty.call(message, "adapterJson") && message.adapterJson !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.adapterJson);
                if (message.dataDigests != null && $Object.hasOwnProperty.call(message, "dataDigests"))
                    for (let keys = $Object.keys(message.dataDigests), i = 0; i < keys.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.dataDigests[keys[i]]).ldelim();
                if (message.rowMapDigest != null && $Object.hasOwnProperty.call(message, "rowMapDigest") && message.rowMapDigest !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.rowMapDigest);
                if (message.readyMs != null && $Object.hasOwnProperty.call(message, "readyMs") && !$Object.is(message.readyMs, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.readyMs);
                if (message.linkAddress != null && $Object.hasOwnProperty.call(message, "linkAddress") && message.linkAddress !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.linkAddress);
                if (message.gpuId != null && $Object.hasOwnProperty.call(message, "gpuId") && message.gpuId !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.gpuId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Ready message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.Ready
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.Ready & reducible.v1.Ready.$Shape} Ready
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Ready.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, key, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.Ready();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.exchangeAddresses && message.exchangeAddresses.length))
                                message.exchangeAddresses = [];
                            message.exchangeAddresses.push(reader.stringVerify());
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.adapterJson = value;
                            else
                                delete message.adapterJson;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (message.dataDigests === $util.emptyObject)
                                message.dataDigests = {};
                            let end2 = reader.size() + reader.pos;
                            if (end2 > reader.len)
                                throw $RangeError("index out of range");
                            reader.len = end2;
                            key = "";
                            value = "";
                            while (reader.pos < end2) {
                                let tag2 = reader.tag();
                                wireType = tag2 & 7;
                                switch (tag2 >>>= 3) {
                                case 1:
                                    if (wireType !== 2)
                                        break;
                                    key = reader.stringVerify();
                                    continue;
                                case 2:
                                    if (wireType !== 2)
                                        break;
                                    value = reader.stringVerify();
                                    continue;
                                }
                                reader.skipType(wireType, _depth, tag2);
                            }
                            if (reader.pos !== end2)
                                throw $RangeError("index out of range");
                            reader.len = end;
                            if (key === "__proto__")
                                $util.makeProp(message.dataDigests, key);
                            message.dataDigests[key] = value;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.rowMapDigest = value;
                            else
                                delete message.rowMapDigest;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.readyMs = value;
                            else
                                delete message.readyMs;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.linkAddress = value;
                            else
                                delete message.linkAddress;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.gpuId = value;
                            else
                                delete message.gpuId;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Ready message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.Ready
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.Ready} Ready
             */
            Ready.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.Ready)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.Ready: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.Ready();
                if (object.exchangeAddresses) {
                    if (!$Array.isArray(object.exchangeAddresses))
                        throw $TypeError(".reducible.v1.Ready.exchangeAddresses: array expected");
                    message.exchangeAddresses = $Array(object.exchangeAddresses.length);
                    for (let i = 0; i < object.exchangeAddresses.length; ++i)
                        message.exchangeAddresses[i] = $String(object.exchangeAddresses[i]);
                }
                if (object.adapterJson != null)
                    if (typeof object.adapterJson !== "string" || object.adapterJson.length)
                        message.adapterJson = $String(object.adapterJson);
                if (object.dataDigests) {
                    if (!$util.isObject(object.dataDigests))
                        throw $TypeError(".reducible.v1.Ready.dataDigests: object expected");
                    message.dataDigests = {};
                    for (let keys = $Object.keys(object.dataDigests), i = 0; i < keys.length; ++i) {
                        if (keys[i] === "__proto__")
                            $util.makeProp(message.dataDigests, keys[i]);
                        message.dataDigests[keys[i]] = $String(object.dataDigests[keys[i]]);
                    }
                }
                if (object.rowMapDigest != null)
                    if (typeof object.rowMapDigest !== "string" || object.rowMapDigest.length)
                        message.rowMapDigest = $String(object.rowMapDigest);
                if (object.readyMs != null)
                    if (!$Object.is($Number(object.readyMs), 0))
                        message.readyMs = $Number(object.readyMs);
                if (object.linkAddress != null)
                    if (typeof object.linkAddress !== "string" || object.linkAddress.length)
                        message.linkAddress = $String(object.linkAddress);
                if (object.gpuId != null)
                    if (typeof object.gpuId !== "string" || object.gpuId.length)
                        message.gpuId = $String(object.gpuId);
                return message;
            };

            /**
             * Creates a plain object from a Ready message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.Ready
             * @static
             * @param {reducible.v1.Ready} message Ready
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Ready.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.exchangeAddresses = [];
                if (options.objects || options.defaults)
                    object.dataDigests = {};
                if (options.defaults) {
                    object.adapterJson = "";
                    object.rowMapDigest = "";
                    object.readyMs = 0;
                    object.linkAddress = "";
                    object.gpuId = "";
                }
                if (message.exchangeAddresses && message.exchangeAddresses.length) {
                    object.exchangeAddresses = $Array(message.exchangeAddresses.length);
                    for (let j = 0; j < message.exchangeAddresses.length; ++j)
                        object.exchangeAddresses[j] = message.exchangeAddresses[j];
                }
                if (message.adapterJson != null && $Object.hasOwnProperty.call(message, "adapterJson"))
                    object.adapterJson = message.adapterJson;
                let keys2;
                if (message.dataDigests && (keys2 = $Object.keys(message.dataDigests)).length) {
                    object.dataDigests = {};
                    for (let j = 0; j < keys2.length; ++j) {
                        if (keys2[j] === "__proto__")
                            $util.makeProp(object.dataDigests, keys2[j]);
                        object.dataDigests[keys2[j]] = message.dataDigests[keys2[j]];
                    }
                }
                if (message.rowMapDigest != null && $Object.hasOwnProperty.call(message, "rowMapDigest"))
                    object.rowMapDigest = message.rowMapDigest;
                if (message.readyMs != null && $Object.hasOwnProperty.call(message, "readyMs"))
                    object.readyMs = options.json && !$isFinite(message.readyMs) ? $String(message.readyMs) : message.readyMs;
                if (message.linkAddress != null && $Object.hasOwnProperty.call(message, "linkAddress"))
                    object.linkAddress = message.linkAddress;
                if (message.gpuId != null && $Object.hasOwnProperty.call(message, "gpuId"))
                    object.gpuId = message.gpuId;
                return object;
            };

            /**
             * Converts this Ready to JSON.
             * @function toJSON
             * @memberof reducible.v1.Ready
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Ready.prototype.toJSON = function() {
                return Ready.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Ready;
        })();

        v1.Start = (function() {

            /**
             * Properties of a Start.
             * @typedef {Object} reducible.v1.Start.$Properties
             * @property {Array.<string>|null} [exchangeAddresses] Start exchangeAddresses
             * @property {Array.<string>|null} [linkAddresses] Start linkAddresses
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Start.
             * @memberof reducible.v1
             * @interface IStart
             * @augments reducible.v1.Start.$Properties
             * @deprecated Use reducible.v1.Start.$Properties instead.
             */

            /**
             * Shape of a Start.
             * @typedef {reducible.v1.Start.$Properties} reducible.v1.Start.$Shape
             */

            /**
             * Constructs a new Start.
             * @memberof reducible.v1
             * @classdesc Represents a Start.
             * @constructor
             * @param {reducible.v1.Start.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Start = function (properties) {
                this.exchangeAddresses = [];
                this.linkAddresses = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Start exchangeAddresses.
             * @member {Array.<string>} exchangeAddresses
             * @memberof reducible.v1.Start
             * @instance
             */
            Start.prototype.exchangeAddresses = $util.emptyArray;

            /**
             * Start linkAddresses.
             * @member {Array.<string>} linkAddresses
             * @memberof reducible.v1.Start
             * @instance
             */
            Start.prototype.linkAddresses = $util.emptyArray;

            /**
             * Creates a new Start instance using the specified properties.
             * @function create
             * @memberof reducible.v1.Start
             * @static
             * @param {reducible.v1.Start.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.Start} Start instance
             * @type {{
             *   (properties: reducible.v1.Start.$Shape): reducible.v1.Start & reducible.v1.Start.$Shape;
             *   (properties?: reducible.v1.Start.$Properties): reducible.v1.Start;
             * }}
             */
            Start.create = function(properties) {
                return new Start(properties);
            };

            /**
             * Encodes the specified Start message. Does not implicitly {@link reducible.v1.Start.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.Start
             * @static
             * @param {reducible.v1.Start.$Properties} message Start message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Start.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.exchangeAddresses != null && message.exchangeAddresses.length)
                    for (let i = 0; i < message.exchangeAddresses.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.exchangeAddresses[i]);
                if (message.linkAddresses != null && message.linkAddresses.length)
                    for (let i = 0; i < message.linkAddresses.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.linkAddresses[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Start message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.Start
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.Start & reducible.v1.Start.$Shape} Start
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Start.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.Start();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.exchangeAddresses && message.exchangeAddresses.length))
                                message.exchangeAddresses = [];
                            message.exchangeAddresses.push(reader.stringVerify());
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.linkAddresses && message.linkAddresses.length))
                                message.linkAddresses = [];
                            message.linkAddresses.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Start message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.Start
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.Start} Start
             */
            Start.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.Start)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.Start: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.Start();
                if (object.exchangeAddresses) {
                    if (!$Array.isArray(object.exchangeAddresses))
                        throw $TypeError(".reducible.v1.Start.exchangeAddresses: array expected");
                    message.exchangeAddresses = $Array(object.exchangeAddresses.length);
                    for (let i = 0; i < object.exchangeAddresses.length; ++i)
                        message.exchangeAddresses[i] = $String(object.exchangeAddresses[i]);
                }
                if (object.linkAddresses) {
                    if (!$Array.isArray(object.linkAddresses))
                        throw $TypeError(".reducible.v1.Start.linkAddresses: array expected");
                    message.linkAddresses = $Array(object.linkAddresses.length);
                    for (let i = 0; i < object.linkAddresses.length; ++i)
                        message.linkAddresses[i] = $String(object.linkAddresses[i]);
                }
                return message;
            };

            /**
             * Creates a plain object from a Start message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.Start
             * @static
             * @param {reducible.v1.Start} message Start
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Start.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults) {
                    object.exchangeAddresses = [];
                    object.linkAddresses = [];
                }
                if (message.exchangeAddresses && message.exchangeAddresses.length) {
                    object.exchangeAddresses = $Array(message.exchangeAddresses.length);
                    for (let j = 0; j < message.exchangeAddresses.length; ++j)
                        object.exchangeAddresses[j] = message.exchangeAddresses[j];
                }
                if (message.linkAddresses && message.linkAddresses.length) {
                    object.linkAddresses = $Array(message.linkAddresses.length);
                    for (let j = 0; j < message.linkAddresses.length; ++j)
                        object.linkAddresses[j] = message.linkAddresses[j];
                }
                return object;
            };

            /**
             * Converts this Start to JSON.
             * @function toJSON
             * @memberof reducible.v1.Start
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Start.prototype.toJSON = function() {
                return Start.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Start;
        })();

        v1.Stop = (function() {

            /**
             * Properties of a Stop.
             * @typedef {Object} reducible.v1.Stop.$Properties
             * @property {string|null} [reason] Stop reason
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Stop.
             * @memberof reducible.v1
             * @interface IStop
             * @augments reducible.v1.Stop.$Properties
             * @deprecated Use reducible.v1.Stop.$Properties instead.
             */

            /**
             * Shape of a Stop.
             * @typedef {reducible.v1.Stop.$Properties} reducible.v1.Stop.$Shape
             */

            /**
             * Constructs a new Stop.
             * @memberof reducible.v1
             * @classdesc Represents a Stop.
             * @constructor
             * @param {reducible.v1.Stop.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Stop = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Stop reason.
             * @member {string} reason
             * @memberof reducible.v1.Stop
             * @instance
             */
            Stop.prototype.reason = "";

            /**
             * Creates a new Stop instance using the specified properties.
             * @function create
             * @memberof reducible.v1.Stop
             * @static
             * @param {reducible.v1.Stop.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.Stop} Stop instance
             * @type {{
             *   (properties: reducible.v1.Stop.$Shape): reducible.v1.Stop & reducible.v1.Stop.$Shape;
             *   (properties?: reducible.v1.Stop.$Properties): reducible.v1.Stop;
             * }}
             */
            Stop.create = function(properties) {
                return new Stop(properties);
            };

            /**
             * Encodes the specified Stop message. Does not implicitly {@link reducible.v1.Stop.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.Stop
             * @static
             * @param {reducible.v1.Stop.$Properties} message Stop message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Stop.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.reason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Stop message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.Stop
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.Stop & reducible.v1.Stop.$Shape} Stop
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Stop.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.Stop();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Stop message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.Stop
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.Stop} Stop
             */
            Stop.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.Stop)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.Stop: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.Stop();
                if (object.reason != null)
                    if (typeof object.reason !== "string" || object.reason.length)
                        message.reason = $String(object.reason);
                return message;
            };

            /**
             * Creates a plain object from a Stop message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.Stop
             * @static
             * @param {reducible.v1.Stop} message Stop
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Stop.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.reason = "";
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                    object.reason = message.reason;
                return object;
            };

            /**
             * Converts this Stop to JSON.
             * @function toJSON
             * @memberof reducible.v1.Stop
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Stop.prototype.toJSON = function() {
                return Stop.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Stop;
        })();

        v1.Step = (function() {

            /**
             * Properties of a Step.
             * @typedef {Object} reducible.v1.Step.$Properties
             * @property {number|null} [step] Step step
             * @property {string|null} [weightsHash] Step weightsHash
             * @property {number|null} [loss] Step loss
             * @property {number|null} [dispatches] Step dispatches
             * @property {number|null} [updateDispatches] Step updateDispatches
             * @property {number|null} [gpuNs] Step gpuNs
             * @property {number|null} [stepNs] Step stepNs
             * @property {Uint8Array|null} [weights] Step weights
             * @property {Array.<reducible.v1.Bucket.$Properties>|null} [buckets] Step buckets
             * @property {Array.<Uint8Array>|null} [contributions] Step contributions
             * @property {Uint8Array|null} [reduced] Step reduced
             * @property {number|null} [startedMs] Step startedMs
             * @property {reducible.v1.Phases.$Properties|null} [phases] Step phases
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Step.
             * @memberof reducible.v1
             * @interface IStep
             * @augments reducible.v1.Step.$Properties
             * @deprecated Use reducible.v1.Step.$Properties instead.
             */

            /**
             * Shape of a Step.
             * @typedef {reducible.v1.Step.$Properties} reducible.v1.Step.$Shape
             */

            /**
             * Constructs a new Step.
             * @memberof reducible.v1
             * @classdesc Represents a Step.
             * @constructor
             * @param {reducible.v1.Step.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Step = function (properties) {
                this.buckets = [];
                this.contributions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Step step.
             * @member {number} step
             * @memberof reducible.v1.Step
             * @instance
             */
            Step.prototype.step = 0;

            /**
             * Step weightsHash.
             * @member {string} weightsHash
             * @memberof reducible.v1.Step
             * @instance
             */
            Step.prototype.weightsHash = "";

            /**
             * Step loss.
             * @member {number} loss
             * @memberof reducible.v1.Step
             * @instance
             */
            Step.prototype.loss = 0;

            /**
             * Step dispatches.
             * @member {number} dispatches
             * @memberof reducible.v1.Step
             * @instance
             */
            Step.prototype.dispatches = 0;

            /**
             * Step updateDispatches.
             * @member {number} updateDispatches
             * @memberof reducible.v1.Step
             * @instance
             */
            Step.prototype.updateDispatches = 0;

            /**
             * Step gpuNs.
             * @member {number|null|undefined} gpuNs
             * @memberof reducible.v1.Step
             * @instance
             */
            Step.prototype.gpuNs = null;

            /**
             * Step stepNs.
             * @member {number} stepNs
             * @memberof reducible.v1.Step
             * @instance
             */
            Step.prototype.stepNs = 0;

            /**
             * Step weights.
             * @member {Uint8Array} weights
             * @memberof reducible.v1.Step
             * @instance
             */
            Step.prototype.weights = $util.newBuffer([]);

            /**
             * Step buckets.
             * @member {Array.<reducible.v1.Bucket.$Properties>} buckets
             * @memberof reducible.v1.Step
             * @instance
             */
            Step.prototype.buckets = $util.emptyArray;

            /**
             * Step contributions.
             * @member {Array.<Uint8Array>} contributions
             * @memberof reducible.v1.Step
             * @instance
             */
            Step.prototype.contributions = $util.emptyArray;

            /**
             * Step reduced.
             * @member {Uint8Array} reduced
             * @memberof reducible.v1.Step
             * @instance
             */
            Step.prototype.reduced = $util.newBuffer([]);

            /**
             * Step startedMs.
             * @member {number} startedMs
             * @memberof reducible.v1.Step
             * @instance
             */
            Step.prototype.startedMs = 0;

            /**
             * Step phases.
             * @member {reducible.v1.Phases.$Properties|null|undefined} phases
             * @memberof reducible.v1.Step
             * @instance
             */
            Step.prototype.phases = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Step.prototype, "_gpuNs", {
                get: $util.oneOfGetter($oneOfFields = ["gpuNs"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new Step instance using the specified properties.
             * @function create
             * @memberof reducible.v1.Step
             * @static
             * @param {reducible.v1.Step.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.Step} Step instance
             * @type {{
             *   (properties: reducible.v1.Step.$Shape): reducible.v1.Step & reducible.v1.Step.$Shape;
             *   (properties?: reducible.v1.Step.$Properties): reducible.v1.Step;
             * }}
             */
            Step.create = function(properties) {
                return new Step(properties);
            };

            /**
             * Encodes the specified Step message. Does not implicitly {@link reducible.v1.Step.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.Step
             * @static
             * @param {reducible.v1.Step.$Properties} message Step message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Step.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.step != null && $Object.hasOwnProperty.call(message, "step") && message.step !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.step);
                if (message.weightsHash != null && $Object.hasOwnProperty.call(message, "weightsHash") && message.weightsHash !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.weightsHash);
                if (message.loss != null && $Object.hasOwnProperty.call(message, "loss") && !$Object.is(message.loss, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.loss);
                if (message.dispatches != null && $Object.hasOwnProperty.call(message, "dispatches") && message.dispatches !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.dispatches);
                if (message.updateDispatches != null && $Object.hasOwnProperty.call(message, "updateDispatches") && message.updateDispatches !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.updateDispatches);
                if (message.gpuNs != null && $Object.hasOwnProperty.call(message, "gpuNs"))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.gpuNs);
                if (message.stepNs != null && $Object.hasOwnProperty.call(message, "stepNs") && !$Object.is(message.stepNs, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.stepNs);
                if (message.weights != null && $Object.hasOwnProperty.call(message, "weights") && message.weights.length)
                    writer.uint32(/* id 10, wireType 2 =*/82).bytes(message.weights);
                if (message.buckets != null && message.buckets.length)
                    for (let i = 0; i < message.buckets.length; ++i)
                        $root.reducible.v1.Bucket.encode(message.buckets[i], writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.contributions != null && message.contributions.length)
                    for (let i = 0; i < message.contributions.length; ++i)
                        writer.uint32(/* id 12, wireType 2 =*/98).bytes(message.contributions[i]);
                if (message.reduced != null && $Object.hasOwnProperty.call(message, "reduced") && message.reduced.length)
                    writer.uint32(/* id 13, wireType 2 =*/106).bytes(message.reduced);
                if (message.startedMs != null && $Object.hasOwnProperty.call(message, "startedMs") && !$Object.is(message.startedMs, 0))
                    writer.uint32(/* id 14, wireType 1 =*/113).double(message.startedMs);
                if (message.phases != null && $Object.hasOwnProperty.call(message, "phases"))
                    $root.reducible.v1.Phases.encode(message.phases, writer.uint32(/* id 15, wireType 2 =*/122).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Step message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.Step
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.Step & reducible.v1.Step.$Shape} Step
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Step.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.Step();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.step = value;
                            else
                                delete message.step;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.weightsHash = value;
                            else
                                delete message.weightsHash;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.loss = value;
                            else
                                delete message.loss;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.dispatches = value;
                            else
                                delete message.dispatches;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.updateDispatches = value;
                            else
                                delete message.updateDispatches;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            message.gpuNs = reader.double();
                            message._gpuNs = "gpuNs";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.stepNs = value;
                            else
                                delete message.stepNs;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.weights = value;
                            else
                                delete message.weights;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if (!(message.buckets && message.buckets.length))
                                message.buckets = [];
                            message.buckets.push($root.reducible.v1.Bucket.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            if (!(message.contributions && message.contributions.length))
                                message.contributions = [];
                            message.contributions.push(reader.bytes());
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.reduced = value;
                            else
                                delete message.reduced;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.startedMs = value;
                            else
                                delete message.startedMs;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            message.phases = $root.reducible.v1.Phases.decode(reader, reader.size(), $undefined, _depth + 1, message.phases);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Step message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.Step
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.Step} Step
             */
            Step.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.Step)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.Step: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.Step();
                if (object.step != null)
                    if ($Number(object.step) !== 0)
                        message.step = object.step >>> 0;
                if (object.weightsHash != null)
                    if (typeof object.weightsHash !== "string" || object.weightsHash.length)
                        message.weightsHash = $String(object.weightsHash);
                if (object.loss != null)
                    if (!$Object.is($Number(object.loss), 0))
                        message.loss = $Number(object.loss);
                if (object.dispatches != null)
                    if ($Number(object.dispatches) !== 0)
                        message.dispatches = object.dispatches >>> 0;
                if (object.updateDispatches != null)
                    if ($Number(object.updateDispatches) !== 0)
                        message.updateDispatches = object.updateDispatches >>> 0;
                if (object.gpuNs != null)
                    message.gpuNs = $Number(object.gpuNs);
                if (object.stepNs != null)
                    if (!$Object.is($Number(object.stepNs), 0))
                        message.stepNs = $Number(object.stepNs);
                if (object.weights != null)
                    if (object.weights.length)
                        if (typeof object.weights === "string")
                            $util.base64.decode(object.weights, message.weights = $util.newBuffer($util.base64.length(object.weights)), 0);
                        else if (object.weights.length >= 0)
                            message.weights = object.weights;
                if (object.buckets) {
                    if (!$Array.isArray(object.buckets))
                        throw $TypeError(".reducible.v1.Step.buckets: array expected");
                    message.buckets = $Array(object.buckets.length);
                    for (let i = 0; i < object.buckets.length; ++i) {
                        if (!$util.isObject(object.buckets[i]))
                            throw $TypeError(".reducible.v1.Step.buckets: object expected");
                        message.buckets[i] = $root.reducible.v1.Bucket.fromObject(object.buckets[i], _depth + 1);
                    }
                }
                if (object.contributions) {
                    if (!$Array.isArray(object.contributions))
                        throw $TypeError(".reducible.v1.Step.contributions: array expected");
                    message.contributions = $Array(object.contributions.length);
                    for (let i = 0; i < object.contributions.length; ++i)
                        if (typeof object.contributions[i] === "string")
                            $util.base64.decode(object.contributions[i], message.contributions[i] = $util.newBuffer($util.base64.length(object.contributions[i])), 0);
                        else if (object.contributions[i].length >= 0)
                            message.contributions[i] = object.contributions[i];
                }
                if (object.reduced != null)
                    if (object.reduced.length)
                        if (typeof object.reduced === "string")
                            $util.base64.decode(object.reduced, message.reduced = $util.newBuffer($util.base64.length(object.reduced)), 0);
                        else if (object.reduced.length >= 0)
                            message.reduced = object.reduced;
                if (object.startedMs != null)
                    if (!$Object.is($Number(object.startedMs), 0))
                        message.startedMs = $Number(object.startedMs);
                if (object.phases != null) {
                    if (!$util.isObject(object.phases))
                        throw $TypeError(".reducible.v1.Step.phases: object expected");
                    message.phases = $root.reducible.v1.Phases.fromObject(object.phases, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a Step message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.Step
             * @static
             * @param {reducible.v1.Step} message Step
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Step.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults) {
                    object.buckets = [];
                    object.contributions = [];
                }
                if (options.defaults) {
                    object.step = 0;
                    object.weightsHash = "";
                    object.loss = 0;
                    object.dispatches = 0;
                    object.updateDispatches = 0;
                    object.stepNs = 0;
                    if (options.bytes === $String)
                        object.weights = "";
                    else {
                        object.weights = [];
                        if (options.bytes !== $Array)
                            object.weights = $util.newBuffer(object.weights);
                    }
                    if (options.bytes === $String)
                        object.reduced = "";
                    else {
                        object.reduced = [];
                        if (options.bytes !== $Array)
                            object.reduced = $util.newBuffer(object.reduced);
                    }
                    object.startedMs = 0;
                    object.phases = null;
                }
                if (message.step != null && $Object.hasOwnProperty.call(message, "step"))
                    object.step = message.step;
                if (message.weightsHash != null && $Object.hasOwnProperty.call(message, "weightsHash"))
                    object.weightsHash = message.weightsHash;
                if (message.loss != null && $Object.hasOwnProperty.call(message, "loss"))
                    object.loss = options.json && !$isFinite(message.loss) ? $String(message.loss) : message.loss;
                if (message.dispatches != null && $Object.hasOwnProperty.call(message, "dispatches"))
                    object.dispatches = message.dispatches;
                if (message.updateDispatches != null && $Object.hasOwnProperty.call(message, "updateDispatches"))
                    object.updateDispatches = message.updateDispatches;
                if (message.gpuNs != null && $Object.hasOwnProperty.call(message, "gpuNs"))
                    object.gpuNs = options.json && !$isFinite(message.gpuNs) ? $String(message.gpuNs) : message.gpuNs;
                if (message.stepNs != null && $Object.hasOwnProperty.call(message, "stepNs"))
                    object.stepNs = options.json && !$isFinite(message.stepNs) ? $String(message.stepNs) : message.stepNs;
                if (message.weights != null && $Object.hasOwnProperty.call(message, "weights"))
                    object.weights = options.bytes === $String ? $util.base64.encode(message.weights, 0, message.weights.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.weights) : message.weights;
                if (message.buckets && message.buckets.length) {
                    object.buckets = $Array(message.buckets.length);
                    for (let j = 0; j < message.buckets.length; ++j)
                        object.buckets[j] = $root.reducible.v1.Bucket.toObject(message.buckets[j], options, _depth + 1);
                }
                if (message.contributions && message.contributions.length) {
                    object.contributions = $Array(message.contributions.length);
                    for (let j = 0; j < message.contributions.length; ++j)
                        object.contributions[j] = options.bytes === $String ? $util.base64.encode(message.contributions[j], 0, message.contributions[j].length) : options.bytes === $Array ? $Array.prototype.slice.call(message.contributions[j]) : message.contributions[j];
                }
                if (message.reduced != null && $Object.hasOwnProperty.call(message, "reduced"))
                    object.reduced = options.bytes === $String ? $util.base64.encode(message.reduced, 0, message.reduced.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.reduced) : message.reduced;
                if (message.startedMs != null && $Object.hasOwnProperty.call(message, "startedMs"))
                    object.startedMs = options.json && !$isFinite(message.startedMs) ? $String(message.startedMs) : message.startedMs;
                if (message.phases != null && $Object.hasOwnProperty.call(message, "phases"))
                    object.phases = $root.reducible.v1.Phases.toObject(message.phases, options, _depth + 1);
                return object;
            };

            /**
             * Converts this Step to JSON.
             * @function toJSON
             * @memberof reducible.v1.Step
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Step.prototype.toJSON = function() {
                return Step.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Step;
        })();

        v1.Phases = (function() {

            /**
             * Properties of a Phases.
             * @typedef {Object} reducible.v1.Phases.$Properties
             * @property {number|null} [rowsNs] Phases rowsNs
             * @property {number|null} [uploadNs] Phases uploadNs
             * @property {number|null} [dispatchNs] Phases dispatchNs
             * @property {number|null} [computeNs] Phases computeNs
             * @property {number|null} [readbackNs] Phases readbackNs
             * @property {number|null} [updateNs] Phases updateNs
             * @property {number|null} [paceNs] Phases paceNs
             * @property {number|null} [recordNs] Phases recordNs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Phases.
             * @memberof reducible.v1
             * @interface IPhases
             * @augments reducible.v1.Phases.$Properties
             * @deprecated Use reducible.v1.Phases.$Properties instead.
             */

            /**
             * Shape of a Phases.
             * @typedef {reducible.v1.Phases.$Properties} reducible.v1.Phases.$Shape
             */

            /**
             * Constructs a new Phases.
             * @memberof reducible.v1
             * @classdesc Represents a Phases.
             * @constructor
             * @param {reducible.v1.Phases.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Phases = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Phases rowsNs.
             * @member {number} rowsNs
             * @memberof reducible.v1.Phases
             * @instance
             */
            Phases.prototype.rowsNs = 0;

            /**
             * Phases uploadNs.
             * @member {number} uploadNs
             * @memberof reducible.v1.Phases
             * @instance
             */
            Phases.prototype.uploadNs = 0;

            /**
             * Phases dispatchNs.
             * @member {number} dispatchNs
             * @memberof reducible.v1.Phases
             * @instance
             */
            Phases.prototype.dispatchNs = 0;

            /**
             * Phases computeNs.
             * @member {number} computeNs
             * @memberof reducible.v1.Phases
             * @instance
             */
            Phases.prototype.computeNs = 0;

            /**
             * Phases readbackNs.
             * @member {number} readbackNs
             * @memberof reducible.v1.Phases
             * @instance
             */
            Phases.prototype.readbackNs = 0;

            /**
             * Phases updateNs.
             * @member {number} updateNs
             * @memberof reducible.v1.Phases
             * @instance
             */
            Phases.prototype.updateNs = 0;

            /**
             * Phases paceNs.
             * @member {number} paceNs
             * @memberof reducible.v1.Phases
             * @instance
             */
            Phases.prototype.paceNs = 0;

            /**
             * Phases recordNs.
             * @member {number} recordNs
             * @memberof reducible.v1.Phases
             * @instance
             */
            Phases.prototype.recordNs = 0;

            /**
             * Creates a new Phases instance using the specified properties.
             * @function create
             * @memberof reducible.v1.Phases
             * @static
             * @param {reducible.v1.Phases.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.Phases} Phases instance
             * @type {{
             *   (properties: reducible.v1.Phases.$Shape): reducible.v1.Phases & reducible.v1.Phases.$Shape;
             *   (properties?: reducible.v1.Phases.$Properties): reducible.v1.Phases;
             * }}
             */
            Phases.create = function(properties) {
                return new Phases(properties);
            };

            /**
             * Encodes the specified Phases message. Does not implicitly {@link reducible.v1.Phases.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.Phases
             * @static
             * @param {reducible.v1.Phases.$Properties} message Phases message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Phases.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.rowsNs != null && $Object.hasOwnProperty.call(message, "rowsNs") && !$Object.is(message.rowsNs, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.rowsNs);
                if (message.uploadNs != null && $Object.hasOwnProperty.call(message, "uploadNs") && !$Object.is(message.uploadNs, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.uploadNs);
                if (message.dispatchNs != null && $Object.hasOwnProperty.call(message, "dispatchNs") && !$Object.is(message.dispatchNs, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.dispatchNs);
                if (message.computeNs != null && $Object.hasOwnProperty.call(message, "computeNs") && !$Object.is(message.computeNs, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.computeNs);
                if (message.readbackNs != null && $Object.hasOwnProperty.call(message, "readbackNs") && !$Object.is(message.readbackNs, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.readbackNs);
                if (message.updateNs != null && $Object.hasOwnProperty.call(message, "updateNs") && !$Object.is(message.updateNs, 0))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.updateNs);
                if (message.paceNs != null && $Object.hasOwnProperty.call(message, "paceNs") && !$Object.is(message.paceNs, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.paceNs);
                if (message.recordNs != null && $Object.hasOwnProperty.call(message, "recordNs") && !$Object.is(message.recordNs, 0))
                    writer.uint32(/* id 8, wireType 1 =*/65).double(message.recordNs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Phases message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.Phases
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.Phases & reducible.v1.Phases.$Shape} Phases
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Phases.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.Phases();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.rowsNs = value;
                            else
                                delete message.rowsNs;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.uploadNs = value;
                            else
                                delete message.uploadNs;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.dispatchNs = value;
                            else
                                delete message.dispatchNs;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.computeNs = value;
                            else
                                delete message.computeNs;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.readbackNs = value;
                            else
                                delete message.readbackNs;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.updateNs = value;
                            else
                                delete message.updateNs;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.paceNs = value;
                            else
                                delete message.paceNs;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.recordNs = value;
                            else
                                delete message.recordNs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Phases message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.Phases
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.Phases} Phases
             */
            Phases.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.Phases)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.Phases: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.Phases();
                if (object.rowsNs != null)
                    if (!$Object.is($Number(object.rowsNs), 0))
                        message.rowsNs = $Number(object.rowsNs);
                if (object.uploadNs != null)
                    if (!$Object.is($Number(object.uploadNs), 0))
                        message.uploadNs = $Number(object.uploadNs);
                if (object.dispatchNs != null)
                    if (!$Object.is($Number(object.dispatchNs), 0))
                        message.dispatchNs = $Number(object.dispatchNs);
                if (object.computeNs != null)
                    if (!$Object.is($Number(object.computeNs), 0))
                        message.computeNs = $Number(object.computeNs);
                if (object.readbackNs != null)
                    if (!$Object.is($Number(object.readbackNs), 0))
                        message.readbackNs = $Number(object.readbackNs);
                if (object.updateNs != null)
                    if (!$Object.is($Number(object.updateNs), 0))
                        message.updateNs = $Number(object.updateNs);
                if (object.paceNs != null)
                    if (!$Object.is($Number(object.paceNs), 0))
                        message.paceNs = $Number(object.paceNs);
                if (object.recordNs != null)
                    if (!$Object.is($Number(object.recordNs), 0))
                        message.recordNs = $Number(object.recordNs);
                return message;
            };

            /**
             * Creates a plain object from a Phases message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.Phases
             * @static
             * @param {reducible.v1.Phases} message Phases
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Phases.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.rowsNs = 0;
                    object.uploadNs = 0;
                    object.dispatchNs = 0;
                    object.computeNs = 0;
                    object.readbackNs = 0;
                    object.updateNs = 0;
                    object.paceNs = 0;
                    object.recordNs = 0;
                }
                if (message.rowsNs != null && $Object.hasOwnProperty.call(message, "rowsNs"))
                    object.rowsNs = options.json && !$isFinite(message.rowsNs) ? $String(message.rowsNs) : message.rowsNs;
                if (message.uploadNs != null && $Object.hasOwnProperty.call(message, "uploadNs"))
                    object.uploadNs = options.json && !$isFinite(message.uploadNs) ? $String(message.uploadNs) : message.uploadNs;
                if (message.dispatchNs != null && $Object.hasOwnProperty.call(message, "dispatchNs"))
                    object.dispatchNs = options.json && !$isFinite(message.dispatchNs) ? $String(message.dispatchNs) : message.dispatchNs;
                if (message.computeNs != null && $Object.hasOwnProperty.call(message, "computeNs"))
                    object.computeNs = options.json && !$isFinite(message.computeNs) ? $String(message.computeNs) : message.computeNs;
                if (message.readbackNs != null && $Object.hasOwnProperty.call(message, "readbackNs"))
                    object.readbackNs = options.json && !$isFinite(message.readbackNs) ? $String(message.readbackNs) : message.readbackNs;
                if (message.updateNs != null && $Object.hasOwnProperty.call(message, "updateNs"))
                    object.updateNs = options.json && !$isFinite(message.updateNs) ? $String(message.updateNs) : message.updateNs;
                if (message.paceNs != null && $Object.hasOwnProperty.call(message, "paceNs"))
                    object.paceNs = options.json && !$isFinite(message.paceNs) ? $String(message.paceNs) : message.paceNs;
                if (message.recordNs != null && $Object.hasOwnProperty.call(message, "recordNs"))
                    object.recordNs = options.json && !$isFinite(message.recordNs) ? $String(message.recordNs) : message.recordNs;
                return object;
            };

            /**
             * Converts this Phases to JSON.
             * @function toJSON
             * @memberof reducible.v1.Phases
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Phases.prototype.toJSON = function() {
                return Phases.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Phases;
        })();

        v1.Bucket = (function() {

            /**
             * Properties of a Bucket.
             * @typedef {Object} reducible.v1.Bucket.$Properties
             * @property {number|null} [start] Bucket start
             * @property {number|null} [end] Bucket end
             * @property {number|null} [readNs] Bucket readNs
             * @property {number|null} [reduceStartNs] Bucket reduceStartNs
             * @property {number|null} [reduceEndNs] Bucket reduceEndNs
             * @property {string|null} [orderCertificate] Bucket orderCertificate
             * @property {string|null} [order] Bucket order
             * @property {Array.<number>|null} [addedNs] Bucket addedNs
             * @property {number|null} [sendNs] Bucket sendNs
             * @property {number|null} [addNs] Bucket addNs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Bucket.
             * @memberof reducible.v1
             * @interface IBucket
             * @augments reducible.v1.Bucket.$Properties
             * @deprecated Use reducible.v1.Bucket.$Properties instead.
             */

            /**
             * Shape of a Bucket.
             * @typedef {reducible.v1.Bucket.$Properties} reducible.v1.Bucket.$Shape
             */

            /**
             * Constructs a new Bucket.
             * @memberof reducible.v1
             * @classdesc Represents a Bucket.
             * @constructor
             * @param {reducible.v1.Bucket.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Bucket = function (properties) {
                this.addedNs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Bucket start.
             * @member {number} start
             * @memberof reducible.v1.Bucket
             * @instance
             */
            Bucket.prototype.start = 0;

            /**
             * Bucket end.
             * @member {number} end
             * @memberof reducible.v1.Bucket
             * @instance
             */
            Bucket.prototype.end = 0;

            /**
             * Bucket readNs.
             * @member {number} readNs
             * @memberof reducible.v1.Bucket
             * @instance
             */
            Bucket.prototype.readNs = 0;

            /**
             * Bucket reduceStartNs.
             * @member {number} reduceStartNs
             * @memberof reducible.v1.Bucket
             * @instance
             */
            Bucket.prototype.reduceStartNs = 0;

            /**
             * Bucket reduceEndNs.
             * @member {number} reduceEndNs
             * @memberof reducible.v1.Bucket
             * @instance
             */
            Bucket.prototype.reduceEndNs = 0;

            /**
             * Bucket orderCertificate.
             * @member {string} orderCertificate
             * @memberof reducible.v1.Bucket
             * @instance
             */
            Bucket.prototype.orderCertificate = "";

            /**
             * Bucket order.
             * @member {string} order
             * @memberof reducible.v1.Bucket
             * @instance
             */
            Bucket.prototype.order = "";

            /**
             * Bucket addedNs.
             * @member {Array.<number>} addedNs
             * @memberof reducible.v1.Bucket
             * @instance
             */
            Bucket.prototype.addedNs = $util.emptyArray;

            /**
             * Bucket sendNs.
             * @member {number} sendNs
             * @memberof reducible.v1.Bucket
             * @instance
             */
            Bucket.prototype.sendNs = 0;

            /**
             * Bucket addNs.
             * @member {number} addNs
             * @memberof reducible.v1.Bucket
             * @instance
             */
            Bucket.prototype.addNs = 0;

            /**
             * Creates a new Bucket instance using the specified properties.
             * @function create
             * @memberof reducible.v1.Bucket
             * @static
             * @param {reducible.v1.Bucket.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.Bucket} Bucket instance
             * @type {{
             *   (properties: reducible.v1.Bucket.$Shape): reducible.v1.Bucket & reducible.v1.Bucket.$Shape;
             *   (properties?: reducible.v1.Bucket.$Properties): reducible.v1.Bucket;
             * }}
             */
            Bucket.create = function(properties) {
                return new Bucket(properties);
            };

            /**
             * Encodes the specified Bucket message. Does not implicitly {@link reducible.v1.Bucket.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.Bucket
             * @static
             * @param {reducible.v1.Bucket.$Properties} message Bucket message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Bucket.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.start != null && $Object.hasOwnProperty.call(message, "start") && message.start !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.start);
                if (message.end != null && $Object.hasOwnProperty.call(message, "end") && message.end !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.end);
                if (message.readNs != null && $Object.hasOwnProperty.call(message, "readNs") && !$Object.is(message.readNs, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.readNs);
                if (message.reduceStartNs != null && $Object.hasOwnProperty.call(message, "reduceStartNs") && !$Object.is(message.reduceStartNs, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.reduceStartNs);
                if (message.reduceEndNs != null && $Object.hasOwnProperty.call(message, "reduceEndNs") && !$Object.is(message.reduceEndNs, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.reduceEndNs);
                if (message.orderCertificate != null && $Object.hasOwnProperty.call(message, "orderCertificate") && message.orderCertificate !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.orderCertificate);
                if (message.order != null && $Object.hasOwnProperty.call(message, "order") && message.order !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.order);
                if (message.addedNs != null && message.addedNs.length)
                    writer.uint32(/* id 8, wireType 2 =*/66).doubles(message.addedNs);
                if (message.sendNs != null && $Object.hasOwnProperty.call(message, "sendNs") && !$Object.is(message.sendNs, 0))
                    writer.uint32(/* id 9, wireType 1 =*/73).double(message.sendNs);
                if (message.addNs != null && $Object.hasOwnProperty.call(message, "addNs") && !$Object.is(message.addNs, 0))
                    writer.uint32(/* id 10, wireType 1 =*/81).double(message.addNs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Bucket message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.Bucket
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.Bucket & reducible.v1.Bucket.$Shape} Bucket
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Bucket.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.Bucket();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.start = value;
                            else
                                delete message.start;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.end = value;
                            else
                                delete message.end;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.readNs = value;
                            else
                                delete message.readNs;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.reduceStartNs = value;
                            else
                                delete message.reduceStartNs;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.reduceEndNs = value;
                            else
                                delete message.reduceEndNs;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.orderCertificate = value;
                            else
                                delete message.orderCertificate;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.order = value;
                            else
                                delete message.order;
                            continue;
                        }
                    case 8: {
                            if (wireType === 2) {
                                if (!(message.addedNs && message.addedNs.length))
                                    message.addedNs = [];
                                reader.doubles(message.addedNs);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.addedNs && message.addedNs.length))
                                message.addedNs = [];
                            message.addedNs.push(reader.double());
                            continue;
                        }
                    case 9: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.sendNs = value;
                            else
                                delete message.sendNs;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.addNs = value;
                            else
                                delete message.addNs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Bucket message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.Bucket
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.Bucket} Bucket
             */
            Bucket.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.Bucket)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.Bucket: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.Bucket();
                if (object.start != null)
                    if ($Number(object.start) !== 0)
                        message.start = object.start >>> 0;
                if (object.end != null)
                    if ($Number(object.end) !== 0)
                        message.end = object.end >>> 0;
                if (object.readNs != null)
                    if (!$Object.is($Number(object.readNs), 0))
                        message.readNs = $Number(object.readNs);
                if (object.reduceStartNs != null)
                    if (!$Object.is($Number(object.reduceStartNs), 0))
                        message.reduceStartNs = $Number(object.reduceStartNs);
                if (object.reduceEndNs != null)
                    if (!$Object.is($Number(object.reduceEndNs), 0))
                        message.reduceEndNs = $Number(object.reduceEndNs);
                if (object.orderCertificate != null)
                    if (typeof object.orderCertificate !== "string" || object.orderCertificate.length)
                        message.orderCertificate = $String(object.orderCertificate);
                if (object.order != null)
                    if (typeof object.order !== "string" || object.order.length)
                        message.order = $String(object.order);
                if (object.addedNs) {
                    if (!$Array.isArray(object.addedNs))
                        throw $TypeError(".reducible.v1.Bucket.addedNs: array expected");
                    message.addedNs = $Array(object.addedNs.length);
                    for (let i = 0; i < object.addedNs.length; ++i)
                        message.addedNs[i] = $Number(object.addedNs[i]);
                }
                if (object.sendNs != null)
                    if (!$Object.is($Number(object.sendNs), 0))
                        message.sendNs = $Number(object.sendNs);
                if (object.addNs != null)
                    if (!$Object.is($Number(object.addNs), 0))
                        message.addNs = $Number(object.addNs);
                return message;
            };

            /**
             * Creates a plain object from a Bucket message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.Bucket
             * @static
             * @param {reducible.v1.Bucket} message Bucket
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Bucket.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.addedNs = [];
                if (options.defaults) {
                    object.start = 0;
                    object.end = 0;
                    object.readNs = 0;
                    object.reduceStartNs = 0;
                    object.reduceEndNs = 0;
                    object.orderCertificate = "";
                    object.order = "";
                    object.sendNs = 0;
                    object.addNs = 0;
                }
                if (message.start != null && $Object.hasOwnProperty.call(message, "start"))
                    object.start = message.start;
                if (message.end != null && $Object.hasOwnProperty.call(message, "end"))
                    object.end = message.end;
                if (message.readNs != null && $Object.hasOwnProperty.call(message, "readNs"))
                    object.readNs = options.json && !$isFinite(message.readNs) ? $String(message.readNs) : message.readNs;
                if (message.reduceStartNs != null && $Object.hasOwnProperty.call(message, "reduceStartNs"))
                    object.reduceStartNs = options.json && !$isFinite(message.reduceStartNs) ? $String(message.reduceStartNs) : message.reduceStartNs;
                if (message.reduceEndNs != null && $Object.hasOwnProperty.call(message, "reduceEndNs"))
                    object.reduceEndNs = options.json && !$isFinite(message.reduceEndNs) ? $String(message.reduceEndNs) : message.reduceEndNs;
                if (message.orderCertificate != null && $Object.hasOwnProperty.call(message, "orderCertificate"))
                    object.orderCertificate = message.orderCertificate;
                if (message.order != null && $Object.hasOwnProperty.call(message, "order"))
                    object.order = message.order;
                if (message.addedNs && message.addedNs.length) {
                    object.addedNs = $Array(message.addedNs.length);
                    for (let j = 0; j < message.addedNs.length; ++j)
                        object.addedNs[j] = options.json && !$isFinite(message.addedNs[j]) ? $String(message.addedNs[j]) : message.addedNs[j];
                }
                if (message.sendNs != null && $Object.hasOwnProperty.call(message, "sendNs"))
                    object.sendNs = options.json && !$isFinite(message.sendNs) ? $String(message.sendNs) : message.sendNs;
                if (message.addNs != null && $Object.hasOwnProperty.call(message, "addNs"))
                    object.addNs = options.json && !$isFinite(message.addNs) ? $String(message.addNs) : message.addNs;
                return object;
            };

            /**
             * Converts this Bucket to JSON.
             * @function toJSON
             * @memberof reducible.v1.Bucket
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Bucket.prototype.toJSON = function() {
                return Bucket.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Bucket;
        })();

        v1.Finished = (function() {

            /**
             * Properties of a Finished.
             * @typedef {Object} reducible.v1.Finished.$Properties
             * @property {number|null} [lossSum] Finished lossSum
             * @property {number|null} [hits] Finished hits
             * @property {string|null} [digest] Finished digest
             * @property {Uint8Array|null} [weights] Finished weights
             * @property {Object.<string,number>|null} [cpuMsByThread] Finished cpuMsByThread
             * @property {number|null} [bytesSent] Finished bytesSent
             * @property {number|null} [trainNs] Finished trainNs
             * @property {number|null} [divergedStep] Finished divergedStep
             * @property {string|null} [orderCertificate] Finished orderCertificate
             * @property {string|null} [order] Finished order
             * @property {string|null} [capturedJson] Finished capturedJson
             * @property {number|null} [coresBusy] Finished coresBusy
             * @property {number|null} [coreWait] Finished coreWait
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Finished.
             * @memberof reducible.v1
             * @interface IFinished
             * @augments reducible.v1.Finished.$Properties
             * @deprecated Use reducible.v1.Finished.$Properties instead.
             */

            /**
             * Shape of a Finished.
             * @typedef {reducible.v1.Finished.$Properties} reducible.v1.Finished.$Shape
             */

            /**
             * Constructs a new Finished.
             * @memberof reducible.v1
             * @classdesc Represents a Finished.
             * @constructor
             * @param {reducible.v1.Finished.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Finished = function (properties) {
                this.cpuMsByThread = {};
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Finished lossSum.
             * @member {number} lossSum
             * @memberof reducible.v1.Finished
             * @instance
             */
            Finished.prototype.lossSum = 0;

            /**
             * Finished hits.
             * @member {number} hits
             * @memberof reducible.v1.Finished
             * @instance
             */
            Finished.prototype.hits = 0;

            /**
             * Finished digest.
             * @member {string} digest
             * @memberof reducible.v1.Finished
             * @instance
             */
            Finished.prototype.digest = "";

            /**
             * Finished weights.
             * @member {Uint8Array} weights
             * @memberof reducible.v1.Finished
             * @instance
             */
            Finished.prototype.weights = $util.newBuffer([]);

            /**
             * Finished cpuMsByThread.
             * @member {Object.<string,number>} cpuMsByThread
             * @memberof reducible.v1.Finished
             * @instance
             */
            Finished.prototype.cpuMsByThread = $util.emptyObject;

            /**
             * Finished bytesSent.
             * @member {number} bytesSent
             * @memberof reducible.v1.Finished
             * @instance
             */
            Finished.prototype.bytesSent = 0;

            /**
             * Finished trainNs.
             * @member {number} trainNs
             * @memberof reducible.v1.Finished
             * @instance
             */
            Finished.prototype.trainNs = 0;

            /**
             * Finished divergedStep.
             * @member {number} divergedStep
             * @memberof reducible.v1.Finished
             * @instance
             */
            Finished.prototype.divergedStep = 0;

            /**
             * Finished orderCertificate.
             * @member {string} orderCertificate
             * @memberof reducible.v1.Finished
             * @instance
             */
            Finished.prototype.orderCertificate = "";

            /**
             * Finished order.
             * @member {string} order
             * @memberof reducible.v1.Finished
             * @instance
             */
            Finished.prototype.order = "";

            /**
             * Finished capturedJson.
             * @member {string} capturedJson
             * @memberof reducible.v1.Finished
             * @instance
             */
            Finished.prototype.capturedJson = "";

            /**
             * Finished coresBusy.
             * @member {number|null|undefined} coresBusy
             * @memberof reducible.v1.Finished
             * @instance
             */
            Finished.prototype.coresBusy = null;

            /**
             * Finished coreWait.
             * @member {number|null|undefined} coreWait
             * @memberof reducible.v1.Finished
             * @instance
             */
            Finished.prototype.coreWait = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Finished.prototype, "_coresBusy", {
                get: $util.oneOfGetter($oneOfFields = ["coresBusy"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Finished.prototype, "_coreWait", {
                get: $util.oneOfGetter($oneOfFields = ["coreWait"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new Finished instance using the specified properties.
             * @function create
             * @memberof reducible.v1.Finished
             * @static
             * @param {reducible.v1.Finished.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.Finished} Finished instance
             * @type {{
             *   (properties: reducible.v1.Finished.$Shape): reducible.v1.Finished & reducible.v1.Finished.$Shape;
             *   (properties?: reducible.v1.Finished.$Properties): reducible.v1.Finished;
             * }}
             */
            Finished.create = function(properties) {
                return new Finished(properties);
            };

            /**
             * Encodes the specified Finished message. Does not implicitly {@link reducible.v1.Finished.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.Finished
             * @static
             * @param {reducible.v1.Finished.$Properties} message Finished message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Finished.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.lossSum != null && $Object.hasOwnProperty.call(message, "lossSum") && !$Object.is(message.lossSum, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.lossSum);
                if (message.hits != null && $Object.hasOwnProperty.call(message, "hits") && !$Object.is(message.hits, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.hits);
                if (message.digest != null && $Object.hasOwnProperty.call(message, "digest") && message.digest !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.digest);
                if (message.weights != null && $Object.hasOwnProperty.call(message, "weights") && message.weights.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.weights);
                if (message.cpuMsByThread != null && $Object.hasOwnProperty.call(message, "cpuMsByThread"))
                    for (let keys = $Object.keys(message.cpuMsByThread), i = 0; i < keys.length; ++i)
                        writer.uint32(/* id 5, wireType 2 =*/42).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 1 =*/17).double(message.cpuMsByThread[keys[i]]).ldelim();
                if (message.bytesSent != null && $Object.hasOwnProperty.call(message, "bytesSent") && !$Object.is(message.bytesSent, 0))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.bytesSent);
                if (message.trainNs != null && $Object.hasOwnProperty.call(message, "trainNs") && !$Object.is(message.trainNs, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.trainNs);
                if (message.divergedStep != null && $Object.hasOwnProperty.call(message, "divergedStep") && message.divergedStep !== 0)
                    writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.divergedStep);
                if (message.orderCertificate != null && $Object.hasOwnProperty.call(message, "orderCertificate") && message.orderCertificate !== "")
                    writer.uint32(/* id 9, wireType 2 =*/74).string(message.orderCertificate);
                if (message.order != null && $Object.hasOwnProperty.call(message, "order") && message.order !== "")
                    writer.uint32(/* id 10, wireType 2 =*/82).string(message.order);
                if (message.capturedJson != null && $Object.hasOwnProperty.call(message, "capturedJson") && message.capturedJson !== "")
                    writer.uint32(/* id 11, wireType 2 =*/90).string(message.capturedJson);
                if (message.coresBusy != null && $Object.hasOwnProperty.call(message, "coresBusy"))
                    writer.uint32(/* id 12, wireType 1 =*/97).double(message.coresBusy);
                if (message.coreWait != null && $Object.hasOwnProperty.call(message, "coreWait"))
                    writer.uint32(/* id 13, wireType 1 =*/105).double(message.coreWait);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Finished message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.Finished
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.Finished & reducible.v1.Finished.$Shape} Finished
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Finished.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, key, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.Finished();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.lossSum = value;
                            else
                                delete message.lossSum;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.hits = value;
                            else
                                delete message.hits;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.digest = value;
                            else
                                delete message.digest;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.weights = value;
                            else
                                delete message.weights;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (message.cpuMsByThread === $util.emptyObject)
                                message.cpuMsByThread = {};
                            let end2 = reader.size() + reader.pos;
                            if (end2 > reader.len)
                                throw $RangeError("index out of range");
                            reader.len = end2;
                            key = "";
                            value = 0;
                            while (reader.pos < end2) {
                                let tag2 = reader.tag();
                                wireType = tag2 & 7;
                                switch (tag2 >>>= 3) {
                                case 1:
                                    if (wireType !== 2)
                                        break;
                                    key = reader.stringVerify();
                                    continue;
                                case 2:
                                    if (wireType !== 1)
                                        break;
                                    value = reader.double();
                                    continue;
                                }
                                reader.skipType(wireType, _depth, tag2);
                            }
                            if (reader.pos !== end2)
                                throw $RangeError("index out of range");
                            reader.len = end;
                            if (key === "__proto__")
                                $util.makeProp(message.cpuMsByThread, key);
                            message.cpuMsByThread[key] = value;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.bytesSent = value;
                            else
                                delete message.bytesSent;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.trainNs = value;
                            else
                                delete message.trainNs;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.divergedStep = value;
                            else
                                delete message.divergedStep;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.orderCertificate = value;
                            else
                                delete message.orderCertificate;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.order = value;
                            else
                                delete message.order;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.capturedJson = value;
                            else
                                delete message.capturedJson;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 1)
                                break;
                            message.coresBusy = reader.double();
                            message._coresBusy = "coresBusy";
                            continue;
                        }
                    case 13: {
                            if (wireType !== 1)
                                break;
                            message.coreWait = reader.double();
                            message._coreWait = "coreWait";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Finished message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.Finished
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.Finished} Finished
             */
            Finished.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.Finished)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.Finished: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.Finished();
                if (object.lossSum != null)
                    if (!$Object.is($Number(object.lossSum), 0))
                        message.lossSum = $Number(object.lossSum);
                if (object.hits != null)
                    if (!$Object.is($Number(object.hits), 0))
                        message.hits = $Number(object.hits);
                if (object.digest != null)
                    if (typeof object.digest !== "string" || object.digest.length)
                        message.digest = $String(object.digest);
                if (object.weights != null)
                    if (object.weights.length)
                        if (typeof object.weights === "string")
                            $util.base64.decode(object.weights, message.weights = $util.newBuffer($util.base64.length(object.weights)), 0);
                        else if (object.weights.length >= 0)
                            message.weights = object.weights;
                if (object.cpuMsByThread) {
                    if (!$util.isObject(object.cpuMsByThread))
                        throw $TypeError(".reducible.v1.Finished.cpuMsByThread: object expected");
                    message.cpuMsByThread = {};
                    for (let keys = $Object.keys(object.cpuMsByThread), i = 0; i < keys.length; ++i) {
                        if (keys[i] === "__proto__")
                            $util.makeProp(message.cpuMsByThread, keys[i]);
                        message.cpuMsByThread[keys[i]] = $Number(object.cpuMsByThread[keys[i]]);
                    }
                }
                if (object.bytesSent != null)
                    if (!$Object.is($Number(object.bytesSent), 0))
                        message.bytesSent = $Number(object.bytesSent);
                if (object.trainNs != null)
                    if (!$Object.is($Number(object.trainNs), 0))
                        message.trainNs = $Number(object.trainNs);
                if (object.divergedStep != null)
                    if ($Number(object.divergedStep) !== 0)
                        message.divergedStep = object.divergedStep >>> 0;
                if (object.orderCertificate != null)
                    if (typeof object.orderCertificate !== "string" || object.orderCertificate.length)
                        message.orderCertificate = $String(object.orderCertificate);
                if (object.order != null)
                    if (typeof object.order !== "string" || object.order.length)
                        message.order = $String(object.order);
                if (object.capturedJson != null)
                    if (typeof object.capturedJson !== "string" || object.capturedJson.length)
                        message.capturedJson = $String(object.capturedJson);
                if (object.coresBusy != null)
                    message.coresBusy = $Number(object.coresBusy);
                if (object.coreWait != null)
                    message.coreWait = $Number(object.coreWait);
                return message;
            };

            /**
             * Creates a plain object from a Finished message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.Finished
             * @static
             * @param {reducible.v1.Finished} message Finished
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Finished.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.objects || options.defaults)
                    object.cpuMsByThread = {};
                if (options.defaults) {
                    object.lossSum = 0;
                    object.hits = 0;
                    object.digest = "";
                    if (options.bytes === $String)
                        object.weights = "";
                    else {
                        object.weights = [];
                        if (options.bytes !== $Array)
                            object.weights = $util.newBuffer(object.weights);
                    }
                    object.bytesSent = 0;
                    object.trainNs = 0;
                    object.divergedStep = 0;
                    object.orderCertificate = "";
                    object.order = "";
                    object.capturedJson = "";
                }
                if (message.lossSum != null && $Object.hasOwnProperty.call(message, "lossSum"))
                    object.lossSum = options.json && !$isFinite(message.lossSum) ? $String(message.lossSum) : message.lossSum;
                if (message.hits != null && $Object.hasOwnProperty.call(message, "hits"))
                    object.hits = options.json && !$isFinite(message.hits) ? $String(message.hits) : message.hits;
                if (message.digest != null && $Object.hasOwnProperty.call(message, "digest"))
                    object.digest = message.digest;
                if (message.weights != null && $Object.hasOwnProperty.call(message, "weights"))
                    object.weights = options.bytes === $String ? $util.base64.encode(message.weights, 0, message.weights.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.weights) : message.weights;
                let keys2;
                if (message.cpuMsByThread && (keys2 = $Object.keys(message.cpuMsByThread)).length) {
                    object.cpuMsByThread = {};
                    for (let j = 0; j < keys2.length; ++j) {
                        if (keys2[j] === "__proto__")
                            $util.makeProp(object.cpuMsByThread, keys2[j]);
                        object.cpuMsByThread[keys2[j]] = options.json && !$isFinite(message.cpuMsByThread[keys2[j]]) ? $String(message.cpuMsByThread[keys2[j]]) : message.cpuMsByThread[keys2[j]];
                    }
                }
                if (message.bytesSent != null && $Object.hasOwnProperty.call(message, "bytesSent"))
                    object.bytesSent = options.json && !$isFinite(message.bytesSent) ? $String(message.bytesSent) : message.bytesSent;
                if (message.trainNs != null && $Object.hasOwnProperty.call(message, "trainNs"))
                    object.trainNs = options.json && !$isFinite(message.trainNs) ? $String(message.trainNs) : message.trainNs;
                if (message.divergedStep != null && $Object.hasOwnProperty.call(message, "divergedStep"))
                    object.divergedStep = message.divergedStep;
                if (message.orderCertificate != null && $Object.hasOwnProperty.call(message, "orderCertificate"))
                    object.orderCertificate = message.orderCertificate;
                if (message.order != null && $Object.hasOwnProperty.call(message, "order"))
                    object.order = message.order;
                if (message.capturedJson != null && $Object.hasOwnProperty.call(message, "capturedJson"))
                    object.capturedJson = message.capturedJson;
                if (message.coresBusy != null && $Object.hasOwnProperty.call(message, "coresBusy"))
                    object.coresBusy = options.json && !$isFinite(message.coresBusy) ? $String(message.coresBusy) : message.coresBusy;
                if (message.coreWait != null && $Object.hasOwnProperty.call(message, "coreWait"))
                    object.coreWait = options.json && !$isFinite(message.coreWait) ? $String(message.coreWait) : message.coreWait;
                return object;
            };

            /**
             * Converts this Finished to JSON.
             * @function toJSON
             * @memberof reducible.v1.Finished
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Finished.prototype.toJSON = function() {
                return Finished.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Finished;
        })();

        v1.Measurement = (function() {

            /**
             * Properties of a Measurement.
             * @typedef {Object} reducible.v1.Measurement.$Properties
             * @property {number|null} [point] Measurement point
             * @property {Array.<number>|null} [seconds] Measurement seconds
             * @property {number|null} [wrong] Measurement wrong
             * @property {string|null} [digest] Measurement digest
             * @property {string|null} [twinDigest] Measurement twinDigest
             * @property {string|null} [orderCertificate] Measurement orderCertificate
             * @property {number|null} [wireBytes] Measurement wireBytes
             * @property {number|null} [peakResidentBytes] Measurement peakResidentBytes
             * @property {Array.<number>|null} [arrivals] Measurement arrivals
             * @property {number|null} [nonFinite] Measurement nonFinite
             * @property {boolean|null} [ciReached] Measurement ciReached
             * @property {number|null} [buffersMade] Measurement buffersMade
             * @property {number|null} [messagesSent] Measurement messagesSent
             * @property {number|null} [messagesReceived] Measurement messagesReceived
             * @property {number|null} [messageBytesSent] Measurement messageBytesSent
             * @property {number|null} [messageBytesReceived] Measurement messageBytesReceived
             * @property {number|null} [rank] Measurement rank
             * @property {number|null} [wireBytesShared] Measurement wireBytesShared
             * @property {number|null} [wireBytesGrpc] Measurement wireBytesGrpc
             * @property {number|null} [errorMaxUnits] Measurement errorMaxUnits
             * @property {number|null} [errorMeanUnits] Measurement errorMeanUnits
             * @property {number|null} [coreWait] Measurement coreWait
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Measurement.
             * @memberof reducible.v1
             * @interface IMeasurement
             * @augments reducible.v1.Measurement.$Properties
             * @deprecated Use reducible.v1.Measurement.$Properties instead.
             */

            /**
             * Shape of a Measurement.
             * @typedef {reducible.v1.Measurement.$Properties} reducible.v1.Measurement.$Shape
             */

            /**
             * Constructs a new Measurement.
             * @memberof reducible.v1
             * @classdesc Represents a Measurement.
             * @constructor
             * @param {reducible.v1.Measurement.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Measurement = function (properties) {
                this.seconds = [];
                this.arrivals = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Measurement point.
             * @member {number} point
             * @memberof reducible.v1.Measurement
             * @instance
             */
            Measurement.prototype.point = 0;

            /**
             * Measurement seconds.
             * @member {Array.<number>} seconds
             * @memberof reducible.v1.Measurement
             * @instance
             */
            Measurement.prototype.seconds = $util.emptyArray;

            /**
             * Measurement wrong.
             * @member {number} wrong
             * @memberof reducible.v1.Measurement
             * @instance
             */
            Measurement.prototype.wrong = 0;

            /**
             * Measurement digest.
             * @member {string} digest
             * @memberof reducible.v1.Measurement
             * @instance
             */
            Measurement.prototype.digest = "";

            /**
             * Measurement twinDigest.
             * @member {string} twinDigest
             * @memberof reducible.v1.Measurement
             * @instance
             */
            Measurement.prototype.twinDigest = "";

            /**
             * Measurement orderCertificate.
             * @member {string} orderCertificate
             * @memberof reducible.v1.Measurement
             * @instance
             */
            Measurement.prototype.orderCertificate = "";

            /**
             * Measurement wireBytes.
             * @member {number} wireBytes
             * @memberof reducible.v1.Measurement
             * @instance
             */
            Measurement.prototype.wireBytes = 0;

            /**
             * Measurement peakResidentBytes.
             * @member {number} peakResidentBytes
             * @memberof reducible.v1.Measurement
             * @instance
             */
            Measurement.prototype.peakResidentBytes = 0;

            /**
             * Measurement arrivals.
             * @member {Array.<number>} arrivals
             * @memberof reducible.v1.Measurement
             * @instance
             */
            Measurement.prototype.arrivals = $util.emptyArray;

            /**
             * Measurement nonFinite.
             * @member {number} nonFinite
             * @memberof reducible.v1.Measurement
             * @instance
             */
            Measurement.prototype.nonFinite = 0;

            /**
             * Measurement ciReached.
             * @member {boolean} ciReached
             * @memberof reducible.v1.Measurement
             * @instance
             */
            Measurement.prototype.ciReached = false;

            /**
             * Measurement buffersMade.
             * @member {number} buffersMade
             * @memberof reducible.v1.Measurement
             * @instance
             */
            Measurement.prototype.buffersMade = 0;

            /**
             * Measurement messagesSent.
             * @member {number} messagesSent
             * @memberof reducible.v1.Measurement
             * @instance
             */
            Measurement.prototype.messagesSent = 0;

            /**
             * Measurement messagesReceived.
             * @member {number} messagesReceived
             * @memberof reducible.v1.Measurement
             * @instance
             */
            Measurement.prototype.messagesReceived = 0;

            /**
             * Measurement messageBytesSent.
             * @member {number} messageBytesSent
             * @memberof reducible.v1.Measurement
             * @instance
             */
            Measurement.prototype.messageBytesSent = 0;

            /**
             * Measurement messageBytesReceived.
             * @member {number} messageBytesReceived
             * @memberof reducible.v1.Measurement
             * @instance
             */
            Measurement.prototype.messageBytesReceived = 0;

            /**
             * Measurement rank.
             * @member {number} rank
             * @memberof reducible.v1.Measurement
             * @instance
             */
            Measurement.prototype.rank = 0;

            /**
             * Measurement wireBytesShared.
             * @member {number} wireBytesShared
             * @memberof reducible.v1.Measurement
             * @instance
             */
            Measurement.prototype.wireBytesShared = 0;

            /**
             * Measurement wireBytesGrpc.
             * @member {number} wireBytesGrpc
             * @memberof reducible.v1.Measurement
             * @instance
             */
            Measurement.prototype.wireBytesGrpc = 0;

            /**
             * Measurement errorMaxUnits.
             * @member {number} errorMaxUnits
             * @memberof reducible.v1.Measurement
             * @instance
             */
            Measurement.prototype.errorMaxUnits = 0;

            /**
             * Measurement errorMeanUnits.
             * @member {number} errorMeanUnits
             * @memberof reducible.v1.Measurement
             * @instance
             */
            Measurement.prototype.errorMeanUnits = 0;

            /**
             * Measurement coreWait.
             * @member {number|null|undefined} coreWait
             * @memberof reducible.v1.Measurement
             * @instance
             */
            Measurement.prototype.coreWait = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Measurement.prototype, "_coreWait", {
                get: $util.oneOfGetter($oneOfFields = ["coreWait"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new Measurement instance using the specified properties.
             * @function create
             * @memberof reducible.v1.Measurement
             * @static
             * @param {reducible.v1.Measurement.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.Measurement} Measurement instance
             * @type {{
             *   (properties: reducible.v1.Measurement.$Shape): reducible.v1.Measurement & reducible.v1.Measurement.$Shape;
             *   (properties?: reducible.v1.Measurement.$Properties): reducible.v1.Measurement;
             * }}
             */
            Measurement.create = function(properties) {
                return new Measurement(properties);
            };

            /**
             * Encodes the specified Measurement message. Does not implicitly {@link reducible.v1.Measurement.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.Measurement
             * @static
             * @param {reducible.v1.Measurement.$Properties} message Measurement message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Measurement.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.point != null && $Object.hasOwnProperty.call(message, "point") && message.point !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.point);
                if (message.seconds != null && message.seconds.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).doubles(message.seconds);
                if (message.wrong != null && $Object.hasOwnProperty.call(message, "wrong") && !$Object.is(message.wrong, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.wrong);
                if (message.digest != null && $Object.hasOwnProperty.call(message, "digest") && message.digest !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.digest);
                if (message.twinDigest != null && $Object.hasOwnProperty.call(message, "twinDigest") && message.twinDigest !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.twinDigest);
                if (message.orderCertificate != null && $Object.hasOwnProperty.call(message, "orderCertificate") && message.orderCertificate !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.orderCertificate);
                if (message.wireBytes != null && $Object.hasOwnProperty.call(message, "wireBytes") && !$Object.is(message.wireBytes, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.wireBytes);
                if (message.peakResidentBytes != null && $Object.hasOwnProperty.call(message, "peakResidentBytes") && !$Object.is(message.peakResidentBytes, 0))
                    writer.uint32(/* id 8, wireType 1 =*/65).double(message.peakResidentBytes);
                if (message.arrivals != null && message.arrivals.length)
                    writer.uint32(/* id 9, wireType 2 =*/74).doubles(message.arrivals);
                if (message.nonFinite != null && $Object.hasOwnProperty.call(message, "nonFinite") && !$Object.is(message.nonFinite, 0))
                    writer.uint32(/* id 10, wireType 1 =*/81).double(message.nonFinite);
                if (message.ciReached != null && $Object.hasOwnProperty.call(message, "ciReached") && message.ciReached !== false)
                    writer.uint32(/* id 11, wireType 0 =*/88).bool(message.ciReached);
                if (message.buffersMade != null && $Object.hasOwnProperty.call(message, "buffersMade") && !$Object.is(message.buffersMade, 0))
                    writer.uint32(/* id 12, wireType 1 =*/97).double(message.buffersMade);
                if (message.messagesSent != null && $Object.hasOwnProperty.call(message, "messagesSent") && !$Object.is(message.messagesSent, 0))
                    writer.uint32(/* id 13, wireType 1 =*/105).double(message.messagesSent);
                if (message.messagesReceived != null && $Object.hasOwnProperty.call(message, "messagesReceived") && !$Object.is(message.messagesReceived, 0))
                    writer.uint32(/* id 14, wireType 1 =*/113).double(message.messagesReceived);
                if (message.messageBytesSent != null && $Object.hasOwnProperty.call(message, "messageBytesSent") && !$Object.is(message.messageBytesSent, 0))
                    writer.uint32(/* id 15, wireType 1 =*/121).double(message.messageBytesSent);
                if (message.messageBytesReceived != null && $Object.hasOwnProperty.call(message, "messageBytesReceived") && !$Object.is(message.messageBytesReceived, 0))
                    writer.uint32(/* id 16, wireType 1 =*/129).double(message.messageBytesReceived);
                if (message.rank != null && $Object.hasOwnProperty.call(message, "rank") && message.rank !== 0)
                    writer.uint32(/* id 17, wireType 0 =*/136).uint32(message.rank);
                if (message.wireBytesShared != null && $Object.hasOwnProperty.call(message, "wireBytesShared") && !$Object.is(message.wireBytesShared, 0))
                    writer.uint32(/* id 18, wireType 1 =*/145).double(message.wireBytesShared);
                if (message.wireBytesGrpc != null && $Object.hasOwnProperty.call(message, "wireBytesGrpc") && !$Object.is(message.wireBytesGrpc, 0))
                    writer.uint32(/* id 19, wireType 1 =*/153).double(message.wireBytesGrpc);
                if (message.errorMaxUnits != null && $Object.hasOwnProperty.call(message, "errorMaxUnits") && !$Object.is(message.errorMaxUnits, 0))
                    writer.uint32(/* id 20, wireType 1 =*/161).double(message.errorMaxUnits);
                if (message.errorMeanUnits != null && $Object.hasOwnProperty.call(message, "errorMeanUnits") && !$Object.is(message.errorMeanUnits, 0))
                    writer.uint32(/* id 21, wireType 1 =*/169).double(message.errorMeanUnits);
                if (message.coreWait != null && $Object.hasOwnProperty.call(message, "coreWait"))
                    writer.uint32(/* id 22, wireType 1 =*/177).double(message.coreWait);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Measurement message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.Measurement
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.Measurement & reducible.v1.Measurement.$Shape} Measurement
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Measurement.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.Measurement();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.point = value;
                            else
                                delete message.point;
                            continue;
                        }
                    case 2: {
                            if (wireType === 2) {
                                if (!(message.seconds && message.seconds.length))
                                    message.seconds = [];
                                reader.doubles(message.seconds);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.seconds && message.seconds.length))
                                message.seconds = [];
                            message.seconds.push(reader.double());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.wrong = value;
                            else
                                delete message.wrong;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.digest = value;
                            else
                                delete message.digest;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.twinDigest = value;
                            else
                                delete message.twinDigest;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.orderCertificate = value;
                            else
                                delete message.orderCertificate;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.wireBytes = value;
                            else
                                delete message.wireBytes;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.peakResidentBytes = value;
                            else
                                delete message.peakResidentBytes;
                            continue;
                        }
                    case 9: {
                            if (wireType === 2) {
                                if (!(message.arrivals && message.arrivals.length))
                                    message.arrivals = [];
                                reader.doubles(message.arrivals);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.arrivals && message.arrivals.length))
                                message.arrivals = [];
                            message.arrivals.push(reader.double());
                            continue;
                        }
                    case 10: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.nonFinite = value;
                            else
                                delete message.nonFinite;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.ciReached = value;
                            else
                                delete message.ciReached;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.buffersMade = value;
                            else
                                delete message.buffersMade;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.messagesSent = value;
                            else
                                delete message.messagesSent;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.messagesReceived = value;
                            else
                                delete message.messagesReceived;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.messageBytesSent = value;
                            else
                                delete message.messageBytesSent;
                            continue;
                        }
                    case 16: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.messageBytesReceived = value;
                            else
                                delete message.messageBytesReceived;
                            continue;
                        }
                    case 17: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.rank = value;
                            else
                                delete message.rank;
                            continue;
                        }
                    case 18: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.wireBytesShared = value;
                            else
                                delete message.wireBytesShared;
                            continue;
                        }
                    case 19: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.wireBytesGrpc = value;
                            else
                                delete message.wireBytesGrpc;
                            continue;
                        }
                    case 20: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.errorMaxUnits = value;
                            else
                                delete message.errorMaxUnits;
                            continue;
                        }
                    case 21: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.errorMeanUnits = value;
                            else
                                delete message.errorMeanUnits;
                            continue;
                        }
                    case 22: {
                            if (wireType !== 1)
                                break;
                            message.coreWait = reader.double();
                            message._coreWait = "coreWait";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Measurement message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.Measurement
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.Measurement} Measurement
             */
            Measurement.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.Measurement)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.Measurement: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.Measurement();
                if (object.point != null)
                    if ($Number(object.point) !== 0)
                        message.point = object.point >>> 0;
                if (object.seconds) {
                    if (!$Array.isArray(object.seconds))
                        throw $TypeError(".reducible.v1.Measurement.seconds: array expected");
                    message.seconds = $Array(object.seconds.length);
                    for (let i = 0; i < object.seconds.length; ++i)
                        message.seconds[i] = $Number(object.seconds[i]);
                }
                if (object.wrong != null)
                    if (!$Object.is($Number(object.wrong), 0))
                        message.wrong = $Number(object.wrong);
                if (object.digest != null)
                    if (typeof object.digest !== "string" || object.digest.length)
                        message.digest = $String(object.digest);
                if (object.twinDigest != null)
                    if (typeof object.twinDigest !== "string" || object.twinDigest.length)
                        message.twinDigest = $String(object.twinDigest);
                if (object.orderCertificate != null)
                    if (typeof object.orderCertificate !== "string" || object.orderCertificate.length)
                        message.orderCertificate = $String(object.orderCertificate);
                if (object.wireBytes != null)
                    if (!$Object.is($Number(object.wireBytes), 0))
                        message.wireBytes = $Number(object.wireBytes);
                if (object.peakResidentBytes != null)
                    if (!$Object.is($Number(object.peakResidentBytes), 0))
                        message.peakResidentBytes = $Number(object.peakResidentBytes);
                if (object.arrivals) {
                    if (!$Array.isArray(object.arrivals))
                        throw $TypeError(".reducible.v1.Measurement.arrivals: array expected");
                    message.arrivals = $Array(object.arrivals.length);
                    for (let i = 0; i < object.arrivals.length; ++i)
                        message.arrivals[i] = $Number(object.arrivals[i]);
                }
                if (object.nonFinite != null)
                    if (!$Object.is($Number(object.nonFinite), 0))
                        message.nonFinite = $Number(object.nonFinite);
                if (object.ciReached != null)
                    if (object.ciReached)
                        message.ciReached = $Boolean(object.ciReached);
                if (object.buffersMade != null)
                    if (!$Object.is($Number(object.buffersMade), 0))
                        message.buffersMade = $Number(object.buffersMade);
                if (object.messagesSent != null)
                    if (!$Object.is($Number(object.messagesSent), 0))
                        message.messagesSent = $Number(object.messagesSent);
                if (object.messagesReceived != null)
                    if (!$Object.is($Number(object.messagesReceived), 0))
                        message.messagesReceived = $Number(object.messagesReceived);
                if (object.messageBytesSent != null)
                    if (!$Object.is($Number(object.messageBytesSent), 0))
                        message.messageBytesSent = $Number(object.messageBytesSent);
                if (object.messageBytesReceived != null)
                    if (!$Object.is($Number(object.messageBytesReceived), 0))
                        message.messageBytesReceived = $Number(object.messageBytesReceived);
                if (object.rank != null)
                    if ($Number(object.rank) !== 0)
                        message.rank = object.rank >>> 0;
                if (object.wireBytesShared != null)
                    if (!$Object.is($Number(object.wireBytesShared), 0))
                        message.wireBytesShared = $Number(object.wireBytesShared);
                if (object.wireBytesGrpc != null)
                    if (!$Object.is($Number(object.wireBytesGrpc), 0))
                        message.wireBytesGrpc = $Number(object.wireBytesGrpc);
                if (object.errorMaxUnits != null)
                    if (!$Object.is($Number(object.errorMaxUnits), 0))
                        message.errorMaxUnits = $Number(object.errorMaxUnits);
                if (object.errorMeanUnits != null)
                    if (!$Object.is($Number(object.errorMeanUnits), 0))
                        message.errorMeanUnits = $Number(object.errorMeanUnits);
                if (object.coreWait != null)
                    message.coreWait = $Number(object.coreWait);
                return message;
            };

            /**
             * Creates a plain object from a Measurement message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.Measurement
             * @static
             * @param {reducible.v1.Measurement} message Measurement
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Measurement.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults) {
                    object.seconds = [];
                    object.arrivals = [];
                }
                if (options.defaults) {
                    object.point = 0;
                    object.wrong = 0;
                    object.digest = "";
                    object.twinDigest = "";
                    object.orderCertificate = "";
                    object.wireBytes = 0;
                    object.peakResidentBytes = 0;
                    object.nonFinite = 0;
                    object.ciReached = false;
                    object.buffersMade = 0;
                    object.messagesSent = 0;
                    object.messagesReceived = 0;
                    object.messageBytesSent = 0;
                    object.messageBytesReceived = 0;
                    object.rank = 0;
                    object.wireBytesShared = 0;
                    object.wireBytesGrpc = 0;
                    object.errorMaxUnits = 0;
                    object.errorMeanUnits = 0;
                }
                if (message.point != null && $Object.hasOwnProperty.call(message, "point"))
                    object.point = message.point;
                if (message.seconds && message.seconds.length) {
                    object.seconds = $Array(message.seconds.length);
                    for (let j = 0; j < message.seconds.length; ++j)
                        object.seconds[j] = options.json && !$isFinite(message.seconds[j]) ? $String(message.seconds[j]) : message.seconds[j];
                }
                if (message.wrong != null && $Object.hasOwnProperty.call(message, "wrong"))
                    object.wrong = options.json && !$isFinite(message.wrong) ? $String(message.wrong) : message.wrong;
                if (message.digest != null && $Object.hasOwnProperty.call(message, "digest"))
                    object.digest = message.digest;
                if (message.twinDigest != null && $Object.hasOwnProperty.call(message, "twinDigest"))
                    object.twinDigest = message.twinDigest;
                if (message.orderCertificate != null && $Object.hasOwnProperty.call(message, "orderCertificate"))
                    object.orderCertificate = message.orderCertificate;
                if (message.wireBytes != null && $Object.hasOwnProperty.call(message, "wireBytes"))
                    object.wireBytes = options.json && !$isFinite(message.wireBytes) ? $String(message.wireBytes) : message.wireBytes;
                if (message.peakResidentBytes != null && $Object.hasOwnProperty.call(message, "peakResidentBytes"))
                    object.peakResidentBytes = options.json && !$isFinite(message.peakResidentBytes) ? $String(message.peakResidentBytes) : message.peakResidentBytes;
                if (message.arrivals && message.arrivals.length) {
                    object.arrivals = $Array(message.arrivals.length);
                    for (let j = 0; j < message.arrivals.length; ++j)
                        object.arrivals[j] = options.json && !$isFinite(message.arrivals[j]) ? $String(message.arrivals[j]) : message.arrivals[j];
                }
                if (message.nonFinite != null && $Object.hasOwnProperty.call(message, "nonFinite"))
                    object.nonFinite = options.json && !$isFinite(message.nonFinite) ? $String(message.nonFinite) : message.nonFinite;
                if (message.ciReached != null && $Object.hasOwnProperty.call(message, "ciReached"))
                    object.ciReached = message.ciReached;
                if (message.buffersMade != null && $Object.hasOwnProperty.call(message, "buffersMade"))
                    object.buffersMade = options.json && !$isFinite(message.buffersMade) ? $String(message.buffersMade) : message.buffersMade;
                if (message.messagesSent != null && $Object.hasOwnProperty.call(message, "messagesSent"))
                    object.messagesSent = options.json && !$isFinite(message.messagesSent) ? $String(message.messagesSent) : message.messagesSent;
                if (message.messagesReceived != null && $Object.hasOwnProperty.call(message, "messagesReceived"))
                    object.messagesReceived = options.json && !$isFinite(message.messagesReceived) ? $String(message.messagesReceived) : message.messagesReceived;
                if (message.messageBytesSent != null && $Object.hasOwnProperty.call(message, "messageBytesSent"))
                    object.messageBytesSent = options.json && !$isFinite(message.messageBytesSent) ? $String(message.messageBytesSent) : message.messageBytesSent;
                if (message.messageBytesReceived != null && $Object.hasOwnProperty.call(message, "messageBytesReceived"))
                    object.messageBytesReceived = options.json && !$isFinite(message.messageBytesReceived) ? $String(message.messageBytesReceived) : message.messageBytesReceived;
                if (message.rank != null && $Object.hasOwnProperty.call(message, "rank"))
                    object.rank = message.rank;
                if (message.wireBytesShared != null && $Object.hasOwnProperty.call(message, "wireBytesShared"))
                    object.wireBytesShared = options.json && !$isFinite(message.wireBytesShared) ? $String(message.wireBytesShared) : message.wireBytesShared;
                if (message.wireBytesGrpc != null && $Object.hasOwnProperty.call(message, "wireBytesGrpc"))
                    object.wireBytesGrpc = options.json && !$isFinite(message.wireBytesGrpc) ? $String(message.wireBytesGrpc) : message.wireBytesGrpc;
                if (message.errorMaxUnits != null && $Object.hasOwnProperty.call(message, "errorMaxUnits"))
                    object.errorMaxUnits = options.json && !$isFinite(message.errorMaxUnits) ? $String(message.errorMaxUnits) : message.errorMaxUnits;
                if (message.errorMeanUnits != null && $Object.hasOwnProperty.call(message, "errorMeanUnits"))
                    object.errorMeanUnits = options.json && !$isFinite(message.errorMeanUnits) ? $String(message.errorMeanUnits) : message.errorMeanUnits;
                if (message.coreWait != null && $Object.hasOwnProperty.call(message, "coreWait"))
                    object.coreWait = options.json && !$isFinite(message.coreWait) ? $String(message.coreWait) : message.coreWait;
                return object;
            };

            /**
             * Converts this Measurement to JSON.
             * @function toJSON
             * @memberof reducible.v1.Measurement
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Measurement.prototype.toJSON = function() {
                return Measurement.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Measurement;
        })();

        v1.Reduced = (function() {

            /**
             * Properties of a Reduced.
             * @typedef {Object} reducible.v1.Reduced.$Properties
             * @property {number|null} [reduction] Reduced reduction
             * @property {number|null} [call] Reduced call
             * @property {string|null} [digest] Reduced digest
             * @property {Array.<string>|null} [orderCertificates] Reduced orderCertificates
             * @property {Array.<string>|null} [orders] Reduced orders
             * @property {Uint8Array|null} [result] Reduced result
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Reduced.
             * @memberof reducible.v1
             * @interface IReduced
             * @augments reducible.v1.Reduced.$Properties
             * @deprecated Use reducible.v1.Reduced.$Properties instead.
             */

            /**
             * Shape of a Reduced.
             * @typedef {reducible.v1.Reduced.$Properties} reducible.v1.Reduced.$Shape
             */

            /**
             * Constructs a new Reduced.
             * @memberof reducible.v1
             * @classdesc Represents a Reduced.
             * @constructor
             * @param {reducible.v1.Reduced.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Reduced = function (properties) {
                this.orderCertificates = [];
                this.orders = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Reduced reduction.
             * @member {number} reduction
             * @memberof reducible.v1.Reduced
             * @instance
             */
            Reduced.prototype.reduction = 0;

            /**
             * Reduced call.
             * @member {number} call
             * @memberof reducible.v1.Reduced
             * @instance
             */
            Reduced.prototype.call = 0;

            /**
             * Reduced digest.
             * @member {string} digest
             * @memberof reducible.v1.Reduced
             * @instance
             */
            Reduced.prototype.digest = "";

            /**
             * Reduced orderCertificates.
             * @member {Array.<string>} orderCertificates
             * @memberof reducible.v1.Reduced
             * @instance
             */
            Reduced.prototype.orderCertificates = $util.emptyArray;

            /**
             * Reduced orders.
             * @member {Array.<string>} orders
             * @memberof reducible.v1.Reduced
             * @instance
             */
            Reduced.prototype.orders = $util.emptyArray;

            /**
             * Reduced result.
             * @member {Uint8Array} result
             * @memberof reducible.v1.Reduced
             * @instance
             */
            Reduced.prototype.result = $util.newBuffer([]);

            /**
             * Creates a new Reduced instance using the specified properties.
             * @function create
             * @memberof reducible.v1.Reduced
             * @static
             * @param {reducible.v1.Reduced.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.Reduced} Reduced instance
             * @type {{
             *   (properties: reducible.v1.Reduced.$Shape): reducible.v1.Reduced & reducible.v1.Reduced.$Shape;
             *   (properties?: reducible.v1.Reduced.$Properties): reducible.v1.Reduced;
             * }}
             */
            Reduced.create = function(properties) {
                return new Reduced(properties);
            };

            /**
             * Encodes the specified Reduced message. Does not implicitly {@link reducible.v1.Reduced.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.Reduced
             * @static
             * @param {reducible.v1.Reduced.$Properties} message Reduced message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Reduced.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reduction != null && $Object.hasOwnProperty.call(message, "reduction") && message.reduction !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.reduction);
                if (message.call != null && $Object.hasOwnProperty.call(message, "call") && message.call !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.call);
                if (message.digest != null && $Object.hasOwnProperty.call(message, "digest") && message.digest !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.digest);
                if (message.orderCertificates != null && message.orderCertificates.length)
                    for (let i = 0; i < message.orderCertificates.length; ++i)
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.orderCertificates[i]);
                if (message.orders != null && message.orders.length)
                    for (let i = 0; i < message.orders.length; ++i)
                        writer.uint32(/* id 5, wireType 2 =*/42).string(message.orders[i]);
                if (message.result != null && $Object.hasOwnProperty.call(message, "result") && message.result.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.result);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Reduced message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.Reduced
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.Reduced & reducible.v1.Reduced.$Shape} Reduced
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Reduced.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.Reduced();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.reduction = value;
                            else
                                delete message.reduction;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.call = value;
                            else
                                delete message.call;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.digest = value;
                            else
                                delete message.digest;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.orderCertificates && message.orderCertificates.length))
                                message.orderCertificates = [];
                            message.orderCertificates.push(reader.stringVerify());
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.orders && message.orders.length))
                                message.orders = [];
                            message.orders.push(reader.stringVerify());
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.result = value;
                            else
                                delete message.result;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Reduced message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.Reduced
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.Reduced} Reduced
             */
            Reduced.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.Reduced)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.Reduced: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.Reduced();
                if (object.reduction != null)
                    if ($Number(object.reduction) !== 0)
                        message.reduction = object.reduction >>> 0;
                if (object.call != null)
                    if ($Number(object.call) !== 0)
                        message.call = object.call >>> 0;
                if (object.digest != null)
                    if (typeof object.digest !== "string" || object.digest.length)
                        message.digest = $String(object.digest);
                if (object.orderCertificates) {
                    if (!$Array.isArray(object.orderCertificates))
                        throw $TypeError(".reducible.v1.Reduced.orderCertificates: array expected");
                    message.orderCertificates = $Array(object.orderCertificates.length);
                    for (let i = 0; i < object.orderCertificates.length; ++i)
                        message.orderCertificates[i] = $String(object.orderCertificates[i]);
                }
                if (object.orders) {
                    if (!$Array.isArray(object.orders))
                        throw $TypeError(".reducible.v1.Reduced.orders: array expected");
                    message.orders = $Array(object.orders.length);
                    for (let i = 0; i < object.orders.length; ++i)
                        message.orders[i] = $String(object.orders[i]);
                }
                if (object.result != null)
                    if (object.result.length)
                        if (typeof object.result === "string")
                            $util.base64.decode(object.result, message.result = $util.newBuffer($util.base64.length(object.result)), 0);
                        else if (object.result.length >= 0)
                            message.result = object.result;
                return message;
            };

            /**
             * Creates a plain object from a Reduced message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.Reduced
             * @static
             * @param {reducible.v1.Reduced} message Reduced
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Reduced.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults) {
                    object.orderCertificates = [];
                    object.orders = [];
                }
                if (options.defaults) {
                    object.reduction = 0;
                    object.call = 0;
                    object.digest = "";
                    if (options.bytes === $String)
                        object.result = "";
                    else {
                        object.result = [];
                        if (options.bytes !== $Array)
                            object.result = $util.newBuffer(object.result);
                    }
                }
                if (message.reduction != null && $Object.hasOwnProperty.call(message, "reduction"))
                    object.reduction = message.reduction;
                if (message.call != null && $Object.hasOwnProperty.call(message, "call"))
                    object.call = message.call;
                if (message.digest != null && $Object.hasOwnProperty.call(message, "digest"))
                    object.digest = message.digest;
                if (message.orderCertificates && message.orderCertificates.length) {
                    object.orderCertificates = $Array(message.orderCertificates.length);
                    for (let j = 0; j < message.orderCertificates.length; ++j)
                        object.orderCertificates[j] = message.orderCertificates[j];
                }
                if (message.orders && message.orders.length) {
                    object.orders = $Array(message.orders.length);
                    for (let j = 0; j < message.orders.length; ++j)
                        object.orders[j] = message.orders[j];
                }
                if (message.result != null && $Object.hasOwnProperty.call(message, "result"))
                    object.result = options.bytes === $String ? $util.base64.encode(message.result, 0, message.result.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.result) : message.result;
                return object;
            };

            /**
             * Converts this Reduced to JSON.
             * @function toJSON
             * @memberof reducible.v1.Reduced
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Reduced.prototype.toJSON = function() {
                return Reduced.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Reduced;
        })();

        v1.Failed = (function() {

            /**
             * Properties of a Failed.
             * @typedef {Object} reducible.v1.Failed.$Properties
             * @property {string|null} [code] Failed code
             * @property {string|null} [message] Failed message
             * @property {string|null} [remedy] Failed remedy
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Failed.
             * @memberof reducible.v1
             * @interface IFailed
             * @augments reducible.v1.Failed.$Properties
             * @deprecated Use reducible.v1.Failed.$Properties instead.
             */

            /**
             * Shape of a Failed.
             * @typedef {reducible.v1.Failed.$Properties} reducible.v1.Failed.$Shape
             */

            /**
             * Constructs a new Failed.
             * @memberof reducible.v1
             * @classdesc Represents a Failed.
             * @constructor
             * @param {reducible.v1.Failed.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Failed = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Failed code.
             * @member {string} code
             * @memberof reducible.v1.Failed
             * @instance
             */
            Failed.prototype.code = "";

            /**
             * Failed message.
             * @member {string} message
             * @memberof reducible.v1.Failed
             * @instance
             */
            Failed.prototype.message = "";

            /**
             * Failed remedy.
             * @member {string} remedy
             * @memberof reducible.v1.Failed
             * @instance
             */
            Failed.prototype.remedy = "";

            /**
             * Creates a new Failed instance using the specified properties.
             * @function create
             * @memberof reducible.v1.Failed
             * @static
             * @param {reducible.v1.Failed.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.Failed} Failed instance
             * @type {{
             *   (properties: reducible.v1.Failed.$Shape): reducible.v1.Failed & reducible.v1.Failed.$Shape;
             *   (properties?: reducible.v1.Failed.$Properties): reducible.v1.Failed;
             * }}
             */
            Failed.create = function(properties) {
                return new Failed(properties);
            };

            /**
             * Encodes the specified Failed message. Does not implicitly {@link reducible.v1.Failed.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.Failed
             * @static
             * @param {reducible.v1.Failed.$Properties} message Failed message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Failed.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.code);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
                if (message.remedy != null && $Object.hasOwnProperty.call(message, "remedy") && message.remedy !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.remedy);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Failed message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.Failed
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.Failed & reducible.v1.Failed.$Shape} Failed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Failed.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.Failed();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.remedy = value;
                            else
                                delete message.remedy;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Failed message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.Failed
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.Failed} Failed
             */
            Failed.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.Failed)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.Failed: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.Failed();
                if (object.code != null)
                    if (typeof object.code !== "string" || object.code.length)
                        message.code = $String(object.code);
                if (object.message != null)
                    if (typeof object.message !== "string" || object.message.length)
                        message.message = $String(object.message);
                if (object.remedy != null)
                    if (typeof object.remedy !== "string" || object.remedy.length)
                        message.remedy = $String(object.remedy);
                return message;
            };

            /**
             * Creates a plain object from a Failed message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.Failed
             * @static
             * @param {reducible.v1.Failed} message Failed
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Failed.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.code = "";
                    object.message = "";
                    object.remedy = "";
                }
                if (message.code != null && $Object.hasOwnProperty.call(message, "code"))
                    object.code = message.code;
                if (message.message != null && $Object.hasOwnProperty.call(message, "message"))
                    object.message = message.message;
                if (message.remedy != null && $Object.hasOwnProperty.call(message, "remedy"))
                    object.remedy = message.remedy;
                return object;
            };

            /**
             * Converts this Failed to JSON.
             * @function toJSON
             * @memberof reducible.v1.Failed
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Failed.prototype.toJSON = function() {
                return Failed.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Failed;
        })();

        v1.PullRequest = (function() {

            /**
             * Properties of a PullRequest.
             * @typedef {Object} reducible.v1.PullRequest.$Properties
             * @property {string|null} [trial] PullRequest trial
             * @property {number|null} [fromRank] PullRequest fromRank
             * @property {number|null} [toRank] PullRequest toRank
             * @property {number|null} [connection] PullRequest connection
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PullRequest.
             * @memberof reducible.v1
             * @interface IPullRequest
             * @augments reducible.v1.PullRequest.$Properties
             * @deprecated Use reducible.v1.PullRequest.$Properties instead.
             */

            /**
             * Shape of a PullRequest.
             * @typedef {reducible.v1.PullRequest.$Properties} reducible.v1.PullRequest.$Shape
             */

            /**
             * Constructs a new PullRequest.
             * @memberof reducible.v1
             * @classdesc Represents a PullRequest.
             * @constructor
             * @param {reducible.v1.PullRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PullRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PullRequest trial.
             * @member {string} trial
             * @memberof reducible.v1.PullRequest
             * @instance
             */
            PullRequest.prototype.trial = "";

            /**
             * PullRequest fromRank.
             * @member {number} fromRank
             * @memberof reducible.v1.PullRequest
             * @instance
             */
            PullRequest.prototype.fromRank = 0;

            /**
             * PullRequest toRank.
             * @member {number} toRank
             * @memberof reducible.v1.PullRequest
             * @instance
             */
            PullRequest.prototype.toRank = 0;

            /**
             * PullRequest connection.
             * @member {number} connection
             * @memberof reducible.v1.PullRequest
             * @instance
             */
            PullRequest.prototype.connection = 0;

            /**
             * Creates a new PullRequest instance using the specified properties.
             * @function create
             * @memberof reducible.v1.PullRequest
             * @static
             * @param {reducible.v1.PullRequest.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.PullRequest} PullRequest instance
             * @type {{
             *   (properties: reducible.v1.PullRequest.$Shape): reducible.v1.PullRequest & reducible.v1.PullRequest.$Shape;
             *   (properties?: reducible.v1.PullRequest.$Properties): reducible.v1.PullRequest;
             * }}
             */
            PullRequest.create = function(properties) {
                return new PullRequest(properties);
            };

            /**
             * Encodes the specified PullRequest message. Does not implicitly {@link reducible.v1.PullRequest.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.PullRequest
             * @static
             * @param {reducible.v1.PullRequest.$Properties} message PullRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PullRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.trial != null && $Object.hasOwnProperty.call(message, "trial") && message.trial !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.trial);
                if (message.fromRank != null && $Object.hasOwnProperty.call(message, "fromRank") && message.fromRank !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.fromRank);
                if (message.toRank != null && $Object.hasOwnProperty.call(message, "toRank") && message.toRank !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.toRank);
                if (message.connection != null && $Object.hasOwnProperty.call(message, "connection") && message.connection !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.connection);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PullRequest message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.PullRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.PullRequest & reducible.v1.PullRequest.$Shape} PullRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PullRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.PullRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.trial = value;
                            else
                                delete message.trial;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.fromRank = value;
                            else
                                delete message.fromRank;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.toRank = value;
                            else
                                delete message.toRank;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.connection = value;
                            else
                                delete message.connection;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a PullRequest message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.PullRequest
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.PullRequest} PullRequest
             */
            PullRequest.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.PullRequest)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.PullRequest: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.PullRequest();
                if (object.trial != null)
                    if (typeof object.trial !== "string" || object.trial.length)
                        message.trial = $String(object.trial);
                if (object.fromRank != null)
                    if ($Number(object.fromRank) !== 0)
                        message.fromRank = object.fromRank >>> 0;
                if (object.toRank != null)
                    if ($Number(object.toRank) !== 0)
                        message.toRank = object.toRank >>> 0;
                if (object.connection != null)
                    if ($Number(object.connection) !== 0)
                        message.connection = object.connection >>> 0;
                return message;
            };

            /**
             * Creates a plain object from a PullRequest message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.PullRequest
             * @static
             * @param {reducible.v1.PullRequest} message PullRequest
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            PullRequest.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.trial = "";
                    object.fromRank = 0;
                    object.toRank = 0;
                    object.connection = 0;
                }
                if (message.trial != null && $Object.hasOwnProperty.call(message, "trial"))
                    object.trial = message.trial;
                if (message.fromRank != null && $Object.hasOwnProperty.call(message, "fromRank"))
                    object.fromRank = message.fromRank;
                if (message.toRank != null && $Object.hasOwnProperty.call(message, "toRank"))
                    object.toRank = message.toRank;
                if (message.connection != null && $Object.hasOwnProperty.call(message, "connection"))
                    object.connection = message.connection;
                return object;
            };

            /**
             * Converts this PullRequest to JSON.
             * @function toJSON
             * @memberof reducible.v1.PullRequest
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            PullRequest.prototype.toJSON = function() {
                return PullRequest.toObject(this, $protobuf.util.toJSONOptions);
            };

            return PullRequest;
        })();

        v1.Segment = (function() {

            /**
             * Properties of a Segment.
             * @typedef {Object} reducible.v1.Segment.$Properties
             * @property {number|null} [fromRank] Segment fromRank
             * @property {number|null} [call] Segment call
             * @property {number|null} [round] Segment round
             * @property {number|null} [chunk] Segment chunk
             * @property {number|null} [atByte] Segment atByte
             * @property {number|null} [moveBytes] Segment moveBytes
             * @property {Uint8Array|null} [payload] Segment payload
             * @property {string|null} [order] Segment order
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Segment.
             * @memberof reducible.v1
             * @interface ISegment
             * @augments reducible.v1.Segment.$Properties
             * @deprecated Use reducible.v1.Segment.$Properties instead.
             */

            /**
             * Shape of a Segment.
             * @typedef {reducible.v1.Segment.$Properties} reducible.v1.Segment.$Shape
             */

            /**
             * Constructs a new Segment.
             * @memberof reducible.v1
             * @classdesc Represents a Segment.
             * @constructor
             * @param {reducible.v1.Segment.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Segment = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Segment fromRank.
             * @member {number} fromRank
             * @memberof reducible.v1.Segment
             * @instance
             */
            Segment.prototype.fromRank = 0;

            /**
             * Segment call.
             * @member {number} call
             * @memberof reducible.v1.Segment
             * @instance
             */
            Segment.prototype.call = 0;

            /**
             * Segment round.
             * @member {number} round
             * @memberof reducible.v1.Segment
             * @instance
             */
            Segment.prototype.round = 0;

            /**
             * Segment chunk.
             * @member {number} chunk
             * @memberof reducible.v1.Segment
             * @instance
             */
            Segment.prototype.chunk = 0;

            /**
             * Segment atByte.
             * @member {number} atByte
             * @memberof reducible.v1.Segment
             * @instance
             */
            Segment.prototype.atByte = 0;

            /**
             * Segment moveBytes.
             * @member {number} moveBytes
             * @memberof reducible.v1.Segment
             * @instance
             */
            Segment.prototype.moveBytes = 0;

            /**
             * Segment payload.
             * @member {Uint8Array} payload
             * @memberof reducible.v1.Segment
             * @instance
             */
            Segment.prototype.payload = $util.newBuffer([]);

            /**
             * Segment order.
             * @member {string} order
             * @memberof reducible.v1.Segment
             * @instance
             */
            Segment.prototype.order = "";

            /**
             * Creates a new Segment instance using the specified properties.
             * @function create
             * @memberof reducible.v1.Segment
             * @static
             * @param {reducible.v1.Segment.$Properties=} [properties] Properties to set
             * @returns {reducible.v1.Segment} Segment instance
             * @type {{
             *   (properties: reducible.v1.Segment.$Shape): reducible.v1.Segment & reducible.v1.Segment.$Shape;
             *   (properties?: reducible.v1.Segment.$Properties): reducible.v1.Segment;
             * }}
             */
            Segment.create = function(properties) {
                return new Segment(properties);
            };

            /**
             * Encodes the specified Segment message. Does not implicitly {@link reducible.v1.Segment.verify|verify} messages.
             * @function encode
             * @memberof reducible.v1.Segment
             * @static
             * @param {reducible.v1.Segment.$Properties} message Segment message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Segment.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.fromRank != null && $Object.hasOwnProperty.call(message, "fromRank") && message.fromRank !== 0)
                    writer.uint32(/* id 1, wireType 5 =*/13).fixed32(message.fromRank);
                if (message.call != null && $Object.hasOwnProperty.call(message, "call") && message.call !== 0)
                    writer.uint32(/* id 2, wireType 5 =*/21).fixed32(message.call);
                if (message.round != null && $Object.hasOwnProperty.call(message, "round") && message.round !== 0)
                    writer.uint32(/* id 3, wireType 5 =*/29).fixed32(message.round);
                if (message.chunk != null && $Object.hasOwnProperty.call(message, "chunk") && message.chunk !== 0)
                    writer.uint32(/* id 4, wireType 5 =*/37).fixed32(message.chunk);
                if (message.atByte != null && $Object.hasOwnProperty.call(message, "atByte") && message.atByte !== 0)
                    writer.uint32(/* id 5, wireType 5 =*/45).fixed32(message.atByte);
                if (message.moveBytes != null && $Object.hasOwnProperty.call(message, "moveBytes") && message.moveBytes !== 0)
                    writer.uint32(/* id 6, wireType 5 =*/53).fixed32(message.moveBytes);
                if (message.payload != null && $Object.hasOwnProperty.call(message, "payload") && message.payload.length)
                    writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.payload);
                if (message.order != null && $Object.hasOwnProperty.call(message, "order") && message.order !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.order);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Segment message from the specified reader or buffer.
             * @function decode
             * @memberof reducible.v1.Segment
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {reducible.v1.Segment & reducible.v1.Segment.$Shape} Segment
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Segment.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.reducible.v1.Segment();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 5)
                                break;
                            if (value = reader.fixed32())
                                message.fromRank = value;
                            else
                                delete message.fromRank;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 5)
                                break;
                            if (value = reader.fixed32())
                                message.call = value;
                            else
                                delete message.call;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 5)
                                break;
                            if (value = reader.fixed32())
                                message.round = value;
                            else
                                delete message.round;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 5)
                                break;
                            if (value = reader.fixed32())
                                message.chunk = value;
                            else
                                delete message.chunk;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 5)
                                break;
                            if (value = reader.fixed32())
                                message.atByte = value;
                            else
                                delete message.atByte;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 5)
                                break;
                            if (value = reader.fixed32())
                                message.moveBytes = value;
                            else
                                delete message.moveBytes;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.payload = value;
                            else
                                delete message.payload;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.order = value;
                            else
                                delete message.order;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Segment message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof reducible.v1.Segment
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {reducible.v1.Segment} Segment
             */
            Segment.fromObject = function (object, _depth) {
                if (object instanceof $root.reducible.v1.Segment)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".reducible.v1.Segment: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.reducible.v1.Segment();
                if (object.fromRank != null)
                    if ($Number(object.fromRank) !== 0)
                        message.fromRank = object.fromRank >>> 0;
                if (object.call != null)
                    if ($Number(object.call) !== 0)
                        message.call = object.call >>> 0;
                if (object.round != null)
                    if ($Number(object.round) !== 0)
                        message.round = object.round >>> 0;
                if (object.chunk != null)
                    if ($Number(object.chunk) !== 0)
                        message.chunk = object.chunk >>> 0;
                if (object.atByte != null)
                    if ($Number(object.atByte) !== 0)
                        message.atByte = object.atByte >>> 0;
                if (object.moveBytes != null)
                    if ($Number(object.moveBytes) !== 0)
                        message.moveBytes = object.moveBytes >>> 0;
                if (object.payload != null)
                    if (object.payload.length)
                        if (typeof object.payload === "string")
                            $util.base64.decode(object.payload, message.payload = $util.newBuffer($util.base64.length(object.payload)), 0);
                        else if (object.payload.length >= 0)
                            message.payload = object.payload;
                if (object.order != null)
                    if (typeof object.order !== "string" || object.order.length)
                        message.order = $String(object.order);
                return message;
            };

            /**
             * Creates a plain object from a Segment message. Also converts values to other types if specified.
             * @function toObject
             * @memberof reducible.v1.Segment
             * @static
             * @param {reducible.v1.Segment} message Segment
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Segment.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.fromRank = 0;
                    object.call = 0;
                    object.round = 0;
                    object.chunk = 0;
                    object.atByte = 0;
                    object.moveBytes = 0;
                    if (options.bytes === $String)
                        object.payload = "";
                    else {
                        object.payload = [];
                        if (options.bytes !== $Array)
                            object.payload = $util.newBuffer(object.payload);
                    }
                    object.order = "";
                }
                if (message.fromRank != null && $Object.hasOwnProperty.call(message, "fromRank"))
                    object.fromRank = message.fromRank;
                if (message.call != null && $Object.hasOwnProperty.call(message, "call"))
                    object.call = message.call;
                if (message.round != null && $Object.hasOwnProperty.call(message, "round"))
                    object.round = message.round;
                if (message.chunk != null && $Object.hasOwnProperty.call(message, "chunk"))
                    object.chunk = message.chunk;
                if (message.atByte != null && $Object.hasOwnProperty.call(message, "atByte"))
                    object.atByte = message.atByte;
                if (message.moveBytes != null && $Object.hasOwnProperty.call(message, "moveBytes"))
                    object.moveBytes = message.moveBytes;
                if (message.payload != null && $Object.hasOwnProperty.call(message, "payload"))
                    object.payload = options.bytes === $String ? $util.base64.encode(message.payload, 0, message.payload.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.payload) : message.payload;
                if (message.order != null && $Object.hasOwnProperty.call(message, "order"))
                    object.order = message.order;
                return object;
            };

            /**
             * Converts this Segment to JSON.
             * @function toJSON
             * @memberof reducible.v1.Segment
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Segment.prototype.toJSON = function() {
                return Segment.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Segment;
        })();

        return v1;
    })();

    return reducible;
})();

export {
  $root as default
};
