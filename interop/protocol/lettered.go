// Package protocol declares what Mattermost's plugin layer puts around the models: argument and reply structs, the
// caller's context, HTTP requests and errors.
package protocol

// None is the struct of a method without parameters or results.
type None struct{}

// A is a struct of one parameter or result; Mattermost names them A, B, C… in order.
type A[T any] struct{ A T }

// AB is a struct of two.
type AB[T, U any] struct {
	A T
	B U
}

// ABC is a struct of three.
type ABC[T, U, V any] struct {
	A T
	B U
	C V
}

// ABCD is a struct of four.
type ABCD[T, U, V, W any] struct {
	A T
	B U
	C V
	D W
}
