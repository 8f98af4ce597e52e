package model

// FileSettings is Mattermost's model.FileSettings.
type FileSettings struct {
	EnableFileAttachments                    *bool
	EnableMobileUpload                       *bool
	EnableMobileDownload                     *bool
	MaxFileSize                              *int64
	MaxImageResolution                       *int64
	MaxImageDecoderConcurrency               *int64
	DriverName                               *string
	Directory                                *string
	EnablePublicLink                         *bool
	ExtractContent                           *bool
	ArchiveRecursion                         *bool
	PublicLinkSalt                           *string
	InitialFont                              *string
	AmazonS3AccessKeyId                      *string
	AmazonS3SecretAccessKey                  *string
	AmazonS3Bucket                           *string
	AmazonS3PathPrefix                       *string
	AmazonS3Region                           *string
	AmazonS3Endpoint                         *string
	AmazonS3SSL                              *bool
	AmazonS3SignV2                           *bool
	AmazonS3SSE                              *bool
	AmazonS3Trace                            *bool
	AmazonS3RequestTimeoutMilliseconds       *int64
	AmazonS3UploadPartSizeBytes              *int64
	AmazonS3StorageClass                     *string
	DedicatedExportStore                     *bool
	ExportDriverName                         *string
	ExportDirectory                          *string
	ExportAmazonS3AccessKeyId                *string
	ExportAmazonS3SecretAccessKey            *string
	ExportAmazonS3Bucket                     *string
	ExportAmazonS3PathPrefix                 *string
	ExportAmazonS3Region                     *string
	ExportAmazonS3Endpoint                   *string
	ExportAmazonS3SSL                        *bool
	ExportAmazonS3SignV2                     *bool
	ExportAmazonS3SSE                        *bool
	ExportAmazonS3Trace                      *bool
	ExportAmazonS3RequestTimeoutMilliseconds *int64
	ExportAmazonS3PresignExpiresSeconds      *int64
	ExportAmazonS3UploadPartSizeBytes        *int64
	ExportAmazonS3StorageClass               *string
}
