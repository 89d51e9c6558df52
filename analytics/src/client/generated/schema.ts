// Generated from the OpenAPI document of the API. Never edited by hand.
export interface paths {
    "/api/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The property of the token, what its pages paste, and how the feed is */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StatusResponse"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApiError"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApiError"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Metrics over time, in groups, or both */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["QueryRequestInput"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["QueryResponse"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApiError"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApiError"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Views, newest first */
        get: {
            parameters: {
                query?: {
                    search?: string;
                    filter?: string | string[];
                    before?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ViewsResponse"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApiError"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApiError"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/{view}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One view, whole, also while it plays */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    view: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ViewResponse"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApiError"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApiError"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        FilterInput: {
            dimension: string;
            values: string[];
        };
        FrameInput: {
            schema: {
                name?: string;
                fields: {
                    name: string;
                    /** @enum {string} */
                    type: "time" | "number" | "string" | "boolean";
                    config?: {
                        displayName?: string;
                        unit?: string;
                    };
                }[];
            };
            data: {
                values: (number | string | boolean | null)[][];
            };
        };
        QueryRequestInput: {
            metrics: string[];
            from: number;
            to: number;
            intervalMs?: number;
            dimension?: string;
            limit?: number;
            filters?: components["schemas"]["FilterInput"][];
        };
        QueryResponseInput: {
            frames: components["schemas"]["FrameInput"][];
            completeUntil: number;
            notes: string[];
        };
        /** @enum {string} */
        FeedStateInput: "live" | "quiet" | "empty" | "blind";
        LiveRequestInput: {
            token?: string;
            /** @default [] */
            filters: components["schemas"]["FilterInput"][];
            dimension?: string;
        };
        LiveMessageInput: {
            /** @constant */
            type: "live";
            at: number;
            state: components["schemas"]["FeedStateInput"];
            stateReason: string;
            completeUntil: number;
            totals: {
                [key: string]: number | null;
            };
            series: components["schemas"]["FrameInput"];
            table: components["schemas"]["FrameInput"] | null;
        };
        LiveErrorInput: {
            /** @constant */
            type: "error";
            code: string;
            message: string;
            remedy: string;
        };
        ViewRowInput: {
            view: string;
            start: number;
            last: number;
            assetId: string;
            assetTitle: string;
            playerName: string;
            adapter: string;
            country: string;
            browser: string;
            os: string;
            deviceType: string;
            state: string;
            exit: string;
            open: boolean;
            startupMs: number | null;
            playingMs: number;
            stalledMs: number;
            stalls: number;
            errorCode: string;
        };
        ViewsResponseInput: {
            views: components["schemas"]["ViewRowInput"][];
            next: string | null;
        };
        DeliveryInput: {
            host: string;
            pathway: string;
            requests: number;
            failures: number;
            bytes: number;
            timedRequests: number;
            timedBytes: number;
            ttfbMs: number;
            transferMs: number;
            ttfbHistogram: number[][];
            throughputHistogram: number[][];
        };
        SliceInput: {
            k: number;
            rev: number;
            start: number;
            ctx: number;
            clock: string;
            open: number;
            durationMs: number;
            startingMs: number;
            playingMs: number;
            stalledMs: number;
            seekingMs: number;
            pausedMs: number;
            adMs: number;
            suspendedMs: number;
            hiddenMs: number;
            mediaMs: number;
            bits: number;
            ratedMediaMs: number;
            stalls: number;
            seeks: number;
            seekLatencyMs: number;
            seeksTimed: number;
            switchesUp: number;
            switchesDown: number;
            renditions: number[][];
            framesDropped: number;
            framesRendered: number;
            host: string;
            pathway: string;
            deliveries: components["schemas"]["DeliveryInput"][];
            requests: number;
            requestFailures: number;
            bytes: number;
            liveLatencyMsMs: number;
            liveLatencyMs: number;
            liveLatencyMin: number;
            liveLatencyMax: number;
            bufferMsMs: number;
            bufferMs: number;
            bufferMin: number;
            bufferMax: number;
            upscalePercentMs: number;
            downscalePercentMs: number;
            scaleMs: number;
            upscaleMax: number;
            ranges: number[][];
            attempts: number;
            starts: number;
            contentStarts: number;
            startups: number;
            startupMs: number;
            contentStartups: number;
            contentStartupMs: number;
            startFailures: number;
            startFailuresBusiness: number;
            playFailures: number;
            playFailuresBusiness: number;
            exits: number;
            exitsBeforeStart: number;
            waitedMs: number;
            exitKind: string;
            endState: string;
            endHidden: number;
            endPosition: number;
        };
        SummaryInput: {
            rev: number;
            ctx: number;
            clock: string;
            start: number;
            last: number;
            slices: number;
            events: number;
            startingMs: number;
            playingMs: number;
            stalledMs: number;
            seekingMs: number;
            pausedMs: number;
            adMs: number;
            suspendedMs: number;
            hiddenMs: number;
            mediaMs: number;
            bits: number;
            ratedMediaMs: number;
            stalls: number;
            seeks: number;
            seekLatencyMs: number;
            seeksTimed: number;
            switchesUp: number;
            switchesDown: number;
            framesDropped: number;
            framesRendered: number;
            requests: number;
            requestFailures: number;
            bytes: number;
            liveLatencyMsMs: number;
            liveLatencyMs: number;
            bufferMsMs: number;
            bufferMs: number;
            upscalePercentMs: number;
            downscalePercentMs: number;
            scaleMs: number;
            upscaleMax: number;
            attempts: number;
            starts: number;
            contentStarts: number;
            startups: number;
            startupMs: number;
            contentStartups: number;
            contentStartupMs: number;
            startFailures: number;
            startFailuresBusiness: number;
            playFailures: number;
            playFailuresBusiness: number;
            exits: number;
            exitsBeforeStart: number;
            waitedMs: number;
            exitKind: string;
            endState: string;
            errorCode: string;
            ranges: number[][];
            furthest: number;
            uniqueMs: number;
            quartiles: number;
            adBreaks: number;
            ads: number;
            adsCompleted: number;
            adErrors: number;
        };
        ViewEventInput: {
            seq: number;
            rev: number;
            at: number;
            ctx: number;
            type: string;
            clock: string;
            pos?: number;
        } & {
            [key: string]: unknown;
        };
        ViewResponseInput: {
            view: components["schemas"]["ViewRowInput"];
            context: {
                [key: string]: unknown;
            } | null;
            enrichment: {
                [key: string]: unknown;
            } | null;
            summary: components["schemas"]["SummaryInput"] | null;
            slices: components["schemas"]["SliceInput"][];
            events: components["schemas"]["ViewEventInput"][];
            truncated: boolean;
        };
        StatusResponseInput: {
            version: string;
            property: {
                id: string;
                name: string;
                timeZone: string;
                /** @enum {string} */
                privacy: "none" | "exempt" | "consented";
            };
            writeKeys: string[];
            endpoint: string;
            sampleUrl: string | null;
            state: components["schemas"]["FeedStateInput"];
            stateReason: string;
            firstViewAt: number | null;
        };
        ApiErrorInput: {
            code: string;
            message: string;
            remedy: string;
        };
        Filter: {
            dimension: string;
            values: string[];
        };
        Frame: {
            schema: {
                name?: string;
                fields: {
                    name: string;
                    /** @enum {string} */
                    type: "time" | "number" | "string" | "boolean";
                    config?: {
                        displayName?: string;
                        unit?: string;
                    };
                }[];
            };
            data: {
                values: (number | string | boolean | null)[][];
            };
        };
        QueryRequest: {
            metrics: string[];
            from: number;
            to: number;
            intervalMs?: number;
            dimension?: string;
            limit?: number;
            filters?: components["schemas"]["Filter"][];
        };
        QueryResponse: {
            frames: components["schemas"]["Frame"][];
            completeUntil: number;
            notes: string[];
        };
        /** @enum {string} */
        FeedState: "live" | "quiet" | "empty" | "blind";
        LiveRequest: {
            token?: string;
            /** @default [] */
            filters: components["schemas"]["Filter"][];
            dimension?: string;
        };
        LiveMessage: {
            /** @constant */
            type: "live";
            at: number;
            state: components["schemas"]["FeedState"];
            stateReason: string;
            completeUntil: number;
            totals: {
                [key: string]: number | null;
            };
            series: components["schemas"]["Frame"];
            table: components["schemas"]["Frame"] | null;
        };
        LiveError: {
            /** @constant */
            type: "error";
            code: string;
            message: string;
            remedy: string;
        };
        ViewRow: {
            view: string;
            start: number;
            last: number;
            assetId: string;
            assetTitle: string;
            playerName: string;
            adapter: string;
            country: string;
            browser: string;
            os: string;
            deviceType: string;
            state: string;
            exit: string;
            open: boolean;
            startupMs: number | null;
            playingMs: number;
            stalledMs: number;
            stalls: number;
            errorCode: string;
        };
        ViewsResponse: {
            views: components["schemas"]["ViewRow"][];
            next: string | null;
        };
        Delivery: {
            host: string;
            pathway: string;
            requests: number;
            failures: number;
            bytes: number;
            timedRequests: number;
            timedBytes: number;
            ttfbMs: number;
            transferMs: number;
            ttfbHistogram: number[][];
            throughputHistogram: number[][];
        };
        Slice: {
            k: number;
            rev: number;
            start: number;
            ctx: number;
            clock: string;
            open: number;
            durationMs: number;
            startingMs: number;
            playingMs: number;
            stalledMs: number;
            seekingMs: number;
            pausedMs: number;
            adMs: number;
            suspendedMs: number;
            hiddenMs: number;
            mediaMs: number;
            bits: number;
            ratedMediaMs: number;
            stalls: number;
            seeks: number;
            seekLatencyMs: number;
            seeksTimed: number;
            switchesUp: number;
            switchesDown: number;
            renditions: number[][];
            framesDropped: number;
            framesRendered: number;
            host: string;
            pathway: string;
            deliveries: components["schemas"]["Delivery"][];
            requests: number;
            requestFailures: number;
            bytes: number;
            liveLatencyMsMs: number;
            liveLatencyMs: number;
            liveLatencyMin: number;
            liveLatencyMax: number;
            bufferMsMs: number;
            bufferMs: number;
            bufferMin: number;
            bufferMax: number;
            upscalePercentMs: number;
            downscalePercentMs: number;
            scaleMs: number;
            upscaleMax: number;
            ranges: number[][];
            attempts: number;
            starts: number;
            contentStarts: number;
            startups: number;
            startupMs: number;
            contentStartups: number;
            contentStartupMs: number;
            startFailures: number;
            startFailuresBusiness: number;
            playFailures: number;
            playFailuresBusiness: number;
            exits: number;
            exitsBeforeStart: number;
            waitedMs: number;
            exitKind: string;
            endState: string;
            endHidden: number;
            endPosition: number;
        };
        Summary: {
            rev: number;
            ctx: number;
            clock: string;
            start: number;
            last: number;
            slices: number;
            events: number;
            startingMs: number;
            playingMs: number;
            stalledMs: number;
            seekingMs: number;
            pausedMs: number;
            adMs: number;
            suspendedMs: number;
            hiddenMs: number;
            mediaMs: number;
            bits: number;
            ratedMediaMs: number;
            stalls: number;
            seeks: number;
            seekLatencyMs: number;
            seeksTimed: number;
            switchesUp: number;
            switchesDown: number;
            framesDropped: number;
            framesRendered: number;
            requests: number;
            requestFailures: number;
            bytes: number;
            liveLatencyMsMs: number;
            liveLatencyMs: number;
            bufferMsMs: number;
            bufferMs: number;
            upscalePercentMs: number;
            downscalePercentMs: number;
            scaleMs: number;
            upscaleMax: number;
            attempts: number;
            starts: number;
            contentStarts: number;
            startups: number;
            startupMs: number;
            contentStartups: number;
            contentStartupMs: number;
            startFailures: number;
            startFailuresBusiness: number;
            playFailures: number;
            playFailuresBusiness: number;
            exits: number;
            exitsBeforeStart: number;
            waitedMs: number;
            exitKind: string;
            endState: string;
            errorCode: string;
            ranges: number[][];
            furthest: number;
            uniqueMs: number;
            quartiles: number;
            adBreaks: number;
            ads: number;
            adsCompleted: number;
            adErrors: number;
        };
        ViewEvent: {
            seq: number;
            rev: number;
            at: number;
            ctx: number;
            type: string;
            clock: string;
            pos?: number;
        } & {
            [key: string]: unknown;
        };
        ViewResponse: {
            view: components["schemas"]["ViewRow"];
            context: {
                [key: string]: unknown;
            } | null;
            enrichment: {
                [key: string]: unknown;
            } | null;
            summary: components["schemas"]["Summary"] | null;
            slices: components["schemas"]["Slice"][];
            events: components["schemas"]["ViewEvent"][];
            truncated: boolean;
        };
        StatusResponse: {
            version: string;
            property: {
                id: string;
                name: string;
                timeZone: string;
                /** @enum {string} */
                privacy: "none" | "exempt" | "consented";
            };
            writeKeys: string[];
            endpoint: string;
            sampleUrl: string | null;
            state: components["schemas"]["FeedState"];
            stateReason: string;
            firstViewAt: number | null;
        };
        ApiError: {
            code: string;
            message: string;
            remedy: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
