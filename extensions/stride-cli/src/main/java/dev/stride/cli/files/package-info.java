/** Writing of files so that a reader sees a whole file or none. */
@NullMarked
package dev.stride.cli.files;

import org.jspecify.annotations.NullMarked;
