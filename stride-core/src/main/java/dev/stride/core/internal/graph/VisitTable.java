package dev.stride.core.internal.graph;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The visits of a run by node. Nodes are told apart by identity and found by sequence number, which
 * nodes made one after the other have in a row: looking up neighbours touches neighbouring memory.
 */
final class VisitTable extends Visits {

  private @Nullable Visit[] table = new @Nullable Visit[16];
  private int size;

  @Override
  @Nullable Visit find(GraphNode node) {
    return table[indexOf(table, node)];
  }

  @Override
  Visit add(GraphNode node) {
    if (2 * ++size > table.length) {
      grow();
    }
    Visit visit = new Visit(node, null);
    table[indexOf(table, node)] = visit;
    return visit;
  }

  @Override
  void giveBack(Collection<Visit> visits) {}

  private void grow() {
    @Nullable Visit[] larger = new @Nullable Visit[4 * table.length];
    for (Visit visit : table) {
      if (visit != null) {
        larger[indexOf(larger, visit.node())] = visit;
      }
    }
    table = larger;
  }

  private static int indexOf(@Nullable Visit[] table, GraphNode node) {
    int mask = table.length - 1;
    int index = (int) node.sequence() & mask;
    for (Visit there = table[index]; there != null; there = table[index]) {
      if (there.node() == node) {
        return index;
      }
      index = (index + 1) & mask;
    }
    return index;
  }
}
