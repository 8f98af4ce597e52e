package model

// AutocompleteData is Mattermost's model.AutocompleteData.
type AutocompleteData struct {
	Trigger     string
	Hint        string
	HelpText    string
	RoleID      string
	Arguments   []*AutocompleteArg
	SubCommands []*AutocompleteData
}

// AutocompleteArg is Mattermost's model.AutocompleteArg.
type AutocompleteArg struct {
	Name     string
	HelpText string
	Type     string
	Required bool
	Data     any
}

// AutocompleteTextArg is Mattermost's model.AutocompleteTextArg.
type AutocompleteTextArg struct {
	Hint    string
	Pattern string
}

// AutocompleteListItem is Mattermost's model.AutocompleteListItem.
type AutocompleteListItem struct {
	Item     string
	Hint     string
	HelpText string
}

// AutocompleteStaticListArg is Mattermost's model.AutocompleteStaticListArg.
type AutocompleteStaticListArg struct {
	PossibleArguments []AutocompleteListItem
}

// AutocompleteDynamicListArg is Mattermost's model.AutocompleteDynamicListArg.
type AutocompleteDynamicListArg struct {
	FetchURL string
}
