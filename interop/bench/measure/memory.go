package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// settling is the pause before idle memory is read: a process that has just started still frees what starting took.
const settling = 2 * time.Second

// reportMemory reads a process's resident memory where the system tells it (Linux); elsewhere it reports nothing.
func reportMemory(state, plugin string, pid int) {
	if state == "idle" {
		time.Sleep(settling)
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return
	}
	for _, line := range strings.Split(string(status), "\n") {
		fields := strings.Fields(line)
		if len(fields) < 2 || fields[0] != "VmRSS:" {
			continue
		}
		if kilobytes, err := strconv.ParseFloat(fields[1], 64); err == nil {
			report("rss-"+state+"-mb", plugin, kilobytes*1024/1e6)
		}
	}
}
