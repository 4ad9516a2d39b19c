import type { Json } from "../metadata/json.ts";
import type { AnswerOf, BodyOf, KeyOf, KnownKey, PathOf, QueryOf, RouteOf } from "../types/spec.ts";
import type {
  AddMessageRules,
  ArchiveRules,
  CreateRules,
  DeleteRules,
  FilterField,
  ListRules,
  MessageRules,
  PartRules,
  WireQuery,
} from "./verbs.ts";

/** One member per route of the spec with this verb, so that a wrong name is an error on its own line. */
type EachRoute<Routes extends string, Rules extends { [R in Routes]: unknown }> = Rules[Routes];

type Queries<Paths, R extends string> = { readonly [K in keyof QueryOf<Paths, R>]?: QueryOf<Paths, R>[K] };

type RowOf<Answer> = Answer extends readonly (infer Row)[]
  ? Row
  : {
      [K in keyof Answer]-?: NonNullable<Answer[K]> extends readonly (infer Row)[] ? Row : never;
    }[keyof Answer];

type CreateFor<Paths> = EachRoute<
  RouteOf<Paths, "POST">,
  {
    [R in RouteOf<Paths, "POST">]: Omit<CreateRules, "returns" | "request" | "externalId"> & {
      readonly route: R;
      readonly request?: { readonly in: KnownKey<BodyOf<Paths, R>> };
      readonly returns:
        | "conversation"
        | "id"
        | { readonly in: KnownKey<AnswerOf<Paths, R>> }
        | { readonly id: KnownKey<AnswerOf<Paths, R>> };
      readonly externalId?: {
        readonly field: KeyOf<BodyOf<Paths, R>, string>;
        readonly required: boolean;
        readonly find: "lookup" | WireQuery;
      };
    };
  }
>;

type ListFor<Paths> = EachRoute<
  RouteOf<Paths, "GET">,
  {
    [R in RouteOf<Paths, "GET">]: Omit<ListRules, "queries" | "in" | "deleted" | "filters" | "metadata"> & {
      readonly route: R;
      readonly in?: KnownKey<AnswerOf<Paths, R>>;
      readonly queries: readonly Queries<Paths, R>[];
      readonly deleted?: KnownKey<RowOf<AnswerOf<Paths, R>>>;
      readonly filters: { readonly [K in FilterField]?: KnownKey<QueryOf<Paths, R>> };
      readonly metadata?: (key: string, value: Json) => Queries<Paths, R> | undefined;
    };
  }
>;

type PartFor<Paths> = EachRoute<
  RouteOf<Paths, "DELETE">,
  {
    [R in RouteOf<Paths, "DELETE">]: Omit<PartRules, "list"> & {
      readonly list: RouteOf<Paths, "GET">;
      readonly delete: R;
      readonly param: KnownKey<PathOf<Paths, R>>;
    };
  }
>;

type DeleteFor<Paths> = Omit<DeleteRules, "parts"> & {
  readonly route: RouteOf<Paths, "DELETE">;
  readonly parts?: readonly PartFor<Paths>[];
};

type MessagesFor<Paths> = EachRoute<
  RouteOf<Paths, "GET">,
  {
    [R in RouteOf<Paths, "GET">]: Omit<MessageRules, "query" | "add"> & {
      readonly route: R;
      readonly query?: Queries<Paths, R>;
      readonly add?: AddFor<Paths>;
    };
  }
>;

type AddFor<Paths> = EachRoute<
  RouteOf<Paths, "POST">,
  {
    [R in RouteOf<Paths, "POST">]: AddMessageRules & {
      readonly route: R;
      readonly in: KnownKey<BodyOf<Paths, R>>;
    };
  }
>;

/** What a vendor's verbs must say, checked against its generated `paths`: routes, parameters, fields. */
export interface VerbsFor<Paths> {
  readonly create?: CreateFor<Paths> | null;
  readonly list?: ListFor<Paths> | null;
  readonly delete?: DeleteFor<Paths> | null;
  readonly archive?: ArchiveRules | null;
  readonly messages?: MessagesFor<Paths> | null;
}
