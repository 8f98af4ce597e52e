package model

import "encoding/gob"

// AppError is Mattermost's model.AppError.
type AppError struct {
	Id              string
	Message         string
	DetailedError   string
	RequestId       string
	StatusCode      int
	Where           string
	SkipTranslation bool
}

func (e *AppError) Error() string { return e.Where + ": " + e.Message }

func init() { gob.RegisterName("*model.AppError", &AppError{}) }
