/// A part of a work on bytes.
package struct WorkPart: Sendable {
  /// What is read for it.
  package let input: Range<Int>

  /// What is written for it, and for no other part.
  package let output: Range<Int>

  /// The numbers of the records in it.
  package let sequenceNumbers: Range<UInt64>

  package init(input: Range<Int>, output: Range<Int>, sequenceNumbers: Range<UInt64>) {
    self.input = input
    self.output = output
    self.sequenceNumbers = sequenceNumbers
  }
}

extension WorkerThreads {
  /// Makes `output` of `input`, part by part, by as many threads as there are `states`.
  ///
  /// - Parameters:
  ///   - parts: what is written for them lies in order, and apart.
  ///   - states: what a worker needs, one for each, and for no other at the same time.
  ///   - body: makes one part, and says whether it went well.
  /// - Returns: how many parts, from the first on, went well. Of those behind a part that did not,
  ///   some may be written.
  package func perform<State: ~Copyable & Sendable>(
    _ parts: [WorkPart], from input: RawSpan, into output: inout MutableRawSpan,
    states: inout Boxes<State>,
    _ body: @Sendable (inout State, WorkPart, RawSpan, inout MutableRawSpan) -> Bool
  ) -> Int {
    // The threads share the memory of the spans: here is checked that no two write the same.
    precondition(parts.areApart(input.byteCount, output.byteCount))
    let workerCount = states.count
    guard workerCount > 0, !parts.isEmpty else { return 0 }
    return unsafe input.withUnsafeBytes { input in
      unsafe output.withUnsafeMutableBytes { output in
        unsafe states.withUnsafePointer { states in
          let memory = unsafe SharedMemory(input: input, output: output, states: states)
          return perform(partCount: parts.count, workerCount: workerCount) { worker, index in
            memory.lend(parts[index], to: worker, body)
          }
        }
      }
    }
  }
}

/// The memory of a work, while its giver lends it out.
@safe
private struct SharedMemory<State: ~Copyable>: @unchecked Sendable {
  let input: UnsafeRawBufferPointer
  let output: UnsafeMutableRawBufferPointer
  let states: UnsafeMutablePointer<State>

  /// Lets `body` have the bytes of one part, and one worker's state.
  func lend(
    _ part: WorkPart, to worker: Int,
    _ body: (inout State, WorkPart, RawSpan, inout MutableRawSpan) -> Bool
  ) -> Bool {
    let source = unsafe RawSpan(
      _unsafeBytes: UnsafeRawBufferPointer(rebasing: input[part.input]))
    var target = unsafe MutableRawSpan(
      _unsafeBytes: UnsafeMutableRawBufferPointer(rebasing: output[part.output]))
    return unsafe body(&states[worker], part, source, &target)
  }
}

extension [WorkPart] {
  /// Whether all of them lie within so many bytes, and what is written for them in order and apart.
  fileprivate func areApart(_ inputByteCount: Int, _ outputByteCount: Int) -> Bool {
    var end = 0
    for part in self {
      guard part.input.lowerBound >= 0, part.input.upperBound <= inputByteCount,
        part.output.lowerBound >= end, part.output.upperBound <= outputByteCount
      else { return false }
      end = part.output.upperBound
    }
    return true
  }
}
