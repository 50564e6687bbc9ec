package dev.poolwright.rules;

import dev.poolwright.model.fleet.Fleet;
import java.util.SortedMap;

public record Checked(Fleet base, SortedMap<String, Fleet> environments, SortedMap<String, String> reasons) {}
