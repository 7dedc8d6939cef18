"""Keep a model in service: contracts, drift, alarms, queues, experiments."""
