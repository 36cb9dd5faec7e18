import type { ResourceShapes } from './resource-shapes.js';

/** The long-running style of a write: `operation` may outlast its reply, `reply` is done with it. */
export type WriteStyle = 'reply' | 'operation';

/**
 * What can be done with the resources of a type. `get` gives one, `list` all page by page, `put` creates or
 * replaces, `patch` changes, `delete` removes.
 */
export interface ResourceCalls {
  readonly get?: 'reply';
  readonly list?: 'items';
  /** Creates or replaces one. */
  readonly put?: WriteStyle;
  /** Changes one. */
  readonly patch?: WriteStyle;
  /** Removes one. */
  readonly delete?: WriteStyle;
}

/**
 * What an action does. `operation`: a POST that may run long. `secrets`: a POST that changes nothing and gives
 * secrets. `read`: one that changes nothing. `reply`: a POST that is done with its reply, and is sent once.
 * `items`: a listing.
 */
export type ActionStyle = 'operation' | 'secrets' | 'read' | 'reply' | 'items';

/** A call beyond the usual ones. */
export interface ActionType {
  /** What it does, and so what its function returns and whether it may be repeated. */
  readonly style: ActionStyle;
  /** The segment of its path, where it is another than its name. */
  readonly path?: string;
  /** Default POST. */
  readonly method?: 'GET' | 'POST';
  /** What the items of a listing are read as. */
  readonly schema?: keyof ResourceShapes;
  /** The field of the items, where it is not `value`. */
  readonly itemsIn?: string;
}

/** Actions by name. */
export type ActionTypes = Readonly<Record<string, ActionType>>;

/** One type of resource. */
export interface ResourceType {
  /** The segment of its path, below its parent. */
  readonly path: string;
  /** What one is read as. */
  readonly schema: keyof ResourceShapes;
  /** Where it is another than that of Azure Machine Learning of the client. */
  readonly apiVersion?: string;
  /** What Azure offers of it. */
  readonly calls: ResourceCalls;
  /** Query parameters without which Azure refuses a DELETE. */
  readonly deleteNeeds?: readonly string[];
  /** What can be done to one of these, by the name of the function. */
  readonly actions: ActionTypes;
  /** Types that live in one of these. */
  readonly children: ResourceTypes;
}

/** Types by the name of their client. */
export type ResourceTypes = Readonly<Record<string, ResourceType>>;
