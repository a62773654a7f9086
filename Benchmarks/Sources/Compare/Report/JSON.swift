/// All of it for programs: the costs of every round, their medians, and the ratios.
struct JSON {
  let head: Head
  let comparisons: [Comparison]
  let growth: [Growth]

  var text: String {
    let machine = head.lines.map { "    \(quoted($0.name)): \(quoted($0.value))" }
    let rows = comparisons.map { "    \(row($0))" }
    return """
      {
        "run": {
      \(machine.joined(separator: ",\n"))
        },
        "comparisons": [
      \(rows.joined(separator: ",\n"))
        ],
        "growth": [
      \(growth.map { "    \($0.json)" }.joined(separator: ",\n"))
        ]
      }

      """
  }

  private func row(_ comparison: Comparison) -> String {
    let size = comparison.byteCount.map { ["\"byteCount\": \($0)"] } ?? []
    let series = comparison.series.map { series in
      let values = series.values.map { Numbers.fixed($0, 1) }.joined(separator: ", ")
      var members = ["\"median\": \(Numbers.fixed(series.median, 1))", "\"rounds\": [\(values)]"]
      if let ratio = comparison.ratio(to: series.contender), ratio.isFinite {
        members.append("\"ratio\": \(Numbers.fixed(ratio, 3))")
      }
      return "\(quoted(series.contender.rawValue)): {\(members.joined(separator: ", "))}"
    }
    let members =
      [
        "\"section\": \(quoted(comparison.section.rawValue))",
        "\"subject\": \(quoted(comparison.subject))", "\"action\": \(quoted(comparison.action))",
      ] + size + [
        "\"unit\": \(quoted(comparison.unit.rawValue))",
        "\"costs\": {\(series.joined(separator: ", "))}",
      ]
    return "{\(members.joined(separator: ", "))}"
  }

  private func quoted(_ text: String) -> String {
    var quoted = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"", "\\": quoted += "\\\(character)"
      case "\u{0}"..<" ": quoted += " "
      default: quoted.unicodeScalars.append(character)
      }
    }
    return quoted + "\""
  }
}
