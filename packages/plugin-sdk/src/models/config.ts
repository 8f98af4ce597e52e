import { any, bool, type Infer, int, ptr, record, slice, string, struct } from "../gob/schema.ts";

/** Mattermost's `model.SqlSettings`. */
export const SqlSettings = struct("SqlSettings", {
  driverName: ptr(string),
  dataSource: ptr(string),
  dataSourceReplicas: slice(string),
  dataSourceSearchReplicas: slice(string),
  maxIdleConns: ptr(int),
  connMaxLifetimeMilliseconds: ptr(int),
  connMaxIdleTimeMilliseconds: ptr(int),
  maxOpenConns: ptr(int),
  trace: ptr(bool),
  atRestEncryptKey: ptr(string),
  queryTimeout: ptr(int),
  disableDatabaseSearch: ptr(bool),
  migrationsStatementTimeoutSeconds: ptr(int),
  replicaMonitorIntervalSeconds: ptr(int),
});
export interface SqlSettings extends Infer<typeof SqlSettings> {}

/** Mattermost's `model.FileSettings`. */
export const FileSettings = struct("FileSettings", {
  enableFileAttachments: ptr(bool),
  enableMobileUpload: ptr(bool),
  enableMobileDownload: ptr(bool),
  maxFileSize: ptr(int),
  maxImageResolution: ptr(int),
  maxImageDecoderConcurrency: ptr(int),
  driverName: ptr(string),
  directory: ptr(string),
  enablePublicLink: ptr(bool),
  extractContent: ptr(bool),
  archiveRecursion: ptr(bool),
  publicLinkSalt: ptr(string),
  initialFont: ptr(string),
  amazonS3AccessKeyId: ptr(string),
  amazonS3SecretAccessKey: ptr(string),
  amazonS3Bucket: ptr(string),
  amazonS3PathPrefix: ptr(string),
  amazonS3Region: ptr(string),
  amazonS3Endpoint: ptr(string),
  amazonS3SSL: ptr(bool),
  amazonS3SignV2: ptr(bool),
  amazonS3SSE: ptr(bool),
  amazonS3Trace: ptr(bool),
  amazonS3RequestTimeoutMilliseconds: ptr(int),
  amazonS3UploadPartSizeBytes: ptr(int),
  amazonS3StorageClass: ptr(string),
  dedicatedExportStore: ptr(bool),
  exportDriverName: ptr(string),
  exportDirectory: ptr(string),
  exportAmazonS3AccessKeyId: ptr(string),
  exportAmazonS3SecretAccessKey: ptr(string),
  exportAmazonS3Bucket: ptr(string),
  exportAmazonS3PathPrefix: ptr(string),
  exportAmazonS3Region: ptr(string),
  exportAmazonS3Endpoint: ptr(string),
  exportAmazonS3SSL: ptr(bool),
  exportAmazonS3SignV2: ptr(bool),
  exportAmazonS3SSE: ptr(bool),
  exportAmazonS3Trace: ptr(bool),
  exportAmazonS3RequestTimeoutMilliseconds: ptr(int),
  exportAmazonS3PresignExpiresSeconds: ptr(int),
  exportAmazonS3UploadPartSizeBytes: ptr(int),
  exportAmazonS3StorageClass: ptr(string),
});
export interface FileSettings extends Infer<typeof FileSettings> {}

/** Mattermost's `model.LocalizationSettings`. */
export const LocalizationSettings = struct("LocalizationSettings", {
  defaultServerLocale: ptr(string),
  defaultClientLocale: ptr(string),
  availableLocales: ptr(string),
  enableExperimentalLocales: ptr(bool),
});
export interface LocalizationSettings extends Infer<typeof LocalizationSettings> {}

/** Mattermost's `model.MetricsSettings`. */
export const MetricsSettings = struct("MetricsSettings", {
  enable: ptr(bool),
  blockProfileRate: ptr(int),
  listenAddress: ptr(string),
  enableClientMetrics: ptr(bool),
  enableNotificationMetrics: ptr(bool),
  clientSideUserIds: slice(string),
});
export interface MetricsSettings extends Infer<typeof MetricsSettings> {}

/** Mattermost's `model.PluginState`. */
export const PluginState = struct("PluginState", {
  enable: bool,
});
export interface PluginState extends Infer<typeof PluginState> {}

/** Mattermost's `model.PluginSettings`. */
export const PluginSettings = struct("PluginSettings", {
  enable: ptr(bool),
  enableUploads: ptr(bool),
  allowInsecureDownloadURL: ptr(bool),
  enableHealthCheck: ptr(bool),
  directory: ptr(string),
  clientDirectory: ptr(string),
  plugins: record(record(any)),
  pluginStates: record(PluginState),
  enableMarketplace: ptr(bool),
  enableRemoteMarketplace: ptr(bool),
  automaticPrepackagedPlugins: ptr(bool),
  requirePluginSignature: ptr(bool),
  marketplaceURL: ptr(string),
  signaturePublicKeyFiles: slice(string),
  chimeraOAuthProxyURL: ptr(string),
});
export interface PluginSettings extends Infer<typeof PluginSettings> {}

/** Mattermost's `model.ServiceSettings`. */
export const ServiceSettings = struct("ServiceSettings", {
  siteURL: ptr(string),
  listenAddress: ptr(string),
  enableDeveloper: ptr(bool),
  enableTesting: ptr(bool),
  enableBotAccountCreation: ptr(bool),
  enablePostUsernameOverride: ptr(bool),
  allowCorsFrom: ptr(string),
  maximumPayloadSizeBytes: ptr(int),
  postEditTimeLimit: ptr(int),
  postPriority: ptr(bool),
  enableLinkPreviews: ptr(bool),
  enableLocalMode: ptr(bool),
});
export interface ServiceSettings extends Infer<typeof ServiceSettings> {}

/** Mattermost's `model.Config`. Only the sections this SDK reads, so it must never be sent back to be saved. */
export const Config = struct("Config", {
  serviceSettings: ServiceSettings,
  sqlSettings: SqlSettings,
  fileSettings: FileSettings,
  localizationSettings: LocalizationSettings,
  metricsSettings: MetricsSettings,
  pluginSettings: PluginSettings,
});
export interface Config extends Infer<typeof Config> {}
