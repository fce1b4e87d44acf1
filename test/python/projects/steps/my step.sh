echo "a step: $@"
