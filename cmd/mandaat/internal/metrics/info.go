package metrics

import "github.com/prometheus/client_golang/prometheus"

// info is a gauge that is always 1 and tells a text by a label. Only the text that
// holds now is told, so that a version that is gone leaves nothing behind.
type info struct {
	name, help, label string
	value             func() string
}

// Describe and Collect make it a prometheus.Collector.
func (i info) Describe(to chan<- *prometheus.Desc) { to <- i.desc() }

// Collect tells the text that holds now.
func (i info) Collect(to chan<- prometheus.Metric) {
	to <- prometheus.MustNewConstMetric(i.desc(), prometheus.GaugeValue, 1, i.value())
}

func (i info) desc() *prometheus.Desc {
	return prometheus.NewDesc(i.name, i.help, []string{i.label}, nil)
}
