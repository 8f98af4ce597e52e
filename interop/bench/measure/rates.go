package main

import (
	"io"
	"time"

	"msteams-notifications/interop/host"
)

// warmUp lets a plugin's code reach its speed before readings count; Mattermost's plugins run for weeks.
const warmUp = 1500 * time.Millisecond

// measureRates runs every load on the plugins in turn, round by round, so that whatever else the machine does meets all.
func measureRates(plugins []candidate, chosen options) error {
	running := make([]*host.Plugin, len(plugins))
	for at, plugin := range plugins {
		started, err := activated(plugin, chosen)
		if err != nil {
			return err
		}
		defer started.Kill()
		running[at] = started
		reportMemory("idle", plugin.name, started.PID)
	}
	for _, load := range loads {
		for round := range chosen.rounds + 1 {
			for at, plugin := range plugins {
				length := chosen.slice
				if round == 0 {
					length = warmUp
				}
				perSecond, err := load.run(running[at], length)
				if err != nil {
					return err
				}
				if round > 0 {
					report(load.name, plugin.name, perSecond)
				}
			}
		}
	}
	for at, plugin := range plugins {
		reportMemory("loaded", plugin.name, running[at].PID)
	}
	return nil
}

func activated(plugin candidate, chosen options) (*host.Plugin, error) {
	started, err := host.Start(host.Options{
		Executable:   plugin.executable,
		SocketFolder: chosen.socketFolder,
		API:          answers,
		Log:          io.Discard,
	})
	if err != nil {
		return nil, err
	}
	refusal, err := started.Activate()
	if err == nil {
		err = refusal
	}
	if err != nil {
		started.Kill()
		return nil, err
	}
	return started, nil
}
