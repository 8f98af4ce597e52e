package protocol

import "encoding/gob"

// ErrorString is Mattermost's plugin.ErrorString: every error that has no form of its own.
type ErrorString struct {
	Code int
	Err  string
}

func (e *ErrorString) Error() string { return e.Err }

// PostgresError is lib/pq's Error.
type PostgresError struct {
	Severity, Code, Message, Detail, Hint, Position, InternalPosition, InternalQuery, Where string
	Schema, Table, Column, DataTypeName, Constraint, File, Line, Routine                    string
}

func (e *PostgresError) Error() string { return "pq: " + e.Message }

func init() {
	gob.RegisterName("*plugin.ErrorString", &ErrorString{})
	gob.RegisterName("*pq.Error", &PostgresError{})
}
