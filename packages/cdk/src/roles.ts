/** What each kind of component becomes once built. One page: every plug-in point of the runtime. */
import type {
  Authenticator,
  BackoffStrategy,
  ErrorHandler,
  RequestOption,
  RequestOptionsProvider,
  Requester,
  ResponseFilter,
} from "./roles/requests.ts";
import type {
  AddedField,
  Decoder,
  Extractor,
  KeyTransformation,
  PaginationStrategy,
  Paginator,
  ParentField,
  RecordExpander,
  RecordFilter,
  RecordSelector,
  SchemaNormalization,
  Transformation,
} from "./roles/records.ts";
import type {
  ApiBudget,
  CallRatePolicy,
  Check,
  ComponentMapping,
  ComponentsResolver,
  ConfigRules,
  ConfigTransformation,
  CursorFactory,
  DatetimeSource,
  FileUploader,
  MergeKey,
  PageSizeReduction,
  PaginationReset,
  ParentStream,
  PartitionRouter,
  Piece,
  PropertyChunking,
  PropertyList,
  PropertySelector,
  QueryProperties,
  Retriever,
  SchemaLoader,
  SchemaTypeIdentifier,
  StateMigration,
  Stream,
  StreamConfig,
  ValidationStrategy,
  Validator,
  WindowSplitting,
} from "./roles/streams.ts";

export type { Outcome, Resolution, ResponseAction } from "./http/types.ts";
export type * from "./roles/records.ts";
export type * from "./roles/requests.ts";
export type * from "./roles/streams.ts";

export interface Roles {
  addedField: AddedField;
  apiBudget: ApiBudget;
  authenticator: Authenticator;
  backoffStrategy: BackoffStrategy;
  callRatePolicy: CallRatePolicy;
  check: Check;
  componentMapping: ComponentMapping;
  componentsResolver: ComponentsResolver;
  concurrencyLevel: number;
  configMigration: ConfigTransformation;
  configTransformation: ConfigTransformation;
  cursor: CursorFactory;
  datetime: DatetimeSource;
  decoder: Decoder;
  errorHandler: ErrorHandler;
  extractor: Extractor;
  fileUploader: FileUploader;
  keyTransformation: KeyTransformation;
  pageSizeReduction: PageSizeReduction;
  paginationReset: PaginationReset;
  paginationStrategy: PaginationStrategy;
  paginator: Paginator;
  parentField: ParentField;
  parentStream: ParentStream;
  partitionRouter: PartitionRouter;
  piece: Piece;
  propertyChunking: PropertyChunking;
  propertyList: PropertyList;
  propertySelector: PropertySelector;
  queryProperties: QueryProperties;
  recordExpander: RecordExpander;
  recordFilter: RecordFilter;
  recordMergeStrategy: MergeKey;
  recordSelector: RecordSelector;
  requestBody: RequestOptionsProvider;
  requestOption: RequestOption;
  requester: Requester;
  responseFilter: ResponseFilter;
  retriever: Retriever;
  schemaLoader: SchemaLoader;
  schemaNormalization: SchemaNormalization;
  schemaTypeIdentifier: SchemaTypeIdentifier;
  spec: ConfigRules;
  stateMigration: StateMigration;
  stream: Stream;
  streamConfig: StreamConfig;
  transformation: Transformation;
  validationStrategy: ValidationStrategy;
  validator: Validator;
  windowSplitting: WindowSplitting;
}
export type Kind = keyof Roles;
