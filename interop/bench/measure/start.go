package main

import (
	"bufio"
	"os"
	"os/exec"
	"time"
)

// measureStarts starts the plugins in turn, so that whatever else the machine does meets all of them.
func measureStarts(plugins []candidate, chosen options) error {
	// The first start of each reads the executable from the disk; it does not count.
	for round := range chosen.rounds + 1 {
		for _, plugin := range plugins {
			took, err := toHandshake(plugin, chosen.socketFolder)
			if err != nil {
				return err
			}
			if round > 0 {
				report("handshake-ms", plugin.name, took.Seconds()*1000)
			}
		}
	}
	return nil
}

// toHandshake is the time from the start of the process to its line on stdout.
func toHandshake(plugin candidate, socketFolder string) (time.Duration, error) {
	command := exec.Command(plugin.executable)
	command.Env = append(os.Environ(),
		"MATTERMOST_PLUGIN=Securely message teams, anywhere.",
		"PLUGIN_PROTOCOL_VERSIONS=1",
		"PLUGIN_UNIX_SOCKET_DIR="+socketFolder,
	)
	output, err := command.StdoutPipe()
	if err != nil {
		return 0, err
	}
	started := time.Now()
	if err := command.Start(); err != nil {
		return 0, err
	}
	_, err = bufio.NewReader(output).ReadString('\n')
	took := time.Since(started)
	command.Process.Kill()
	command.Wait()
	return took, err
}
