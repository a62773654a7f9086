import TLSCrypto
import Testing

@Suite("Timestamps")
struct TimestampTests {
  private func time(
    _ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0, _ second: Int = 0
  ) -> Timestamp? {
    Timestamp(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
  }

  /// Computed with GNU `date -u -d … +%s`.
  @Test(
    "count seconds from 1970, across leap years",
    arguments: [
      (0, 1, 1, -62_167_219_200), (0, 2, 29, -62_162_121_600), (0, 3, 1, -62_162_035_200),
      (0, 12, 31, -62_135_683_200), (1, 1, 1, -62_135_596_800), (4, 2, 29, -62_035_891_200),
      (100, 3, 1, -59_006_361_600), (1600, 2, 29, -11_670_998_400),
      (1899, 12, 31, -2_209_075_200), (1900, 2, 28, -2_203_977_600),
      (1900, 3, 1, -2_203_891_200), (1950, 1, 1, -631_152_000), (1969, 12, 31, -86_400),
      (1970, 1, 1, 0), (1972, 2, 29, 68_169_600), (2000, 2, 29, 951_782_400),
      (2000, 3, 1, 951_868_800), (2038, 1, 19, 2_147_472_000), (2049, 12, 31, 2_524_521_600),
      (2050, 1, 1, 2_524_608_000), (2100, 2, 28, 4_107_456_000), (2100, 3, 1, 4_107_542_400),
      (2400, 2, 29, 13_574_563_200), (9999, 12, 31, 253_402_214_400),
    ])
  func seconds(_ year: Int, _ month: Int, _ day: Int, _ seconds: Int64) throws {
    let start = try #require(time(year, month, day))
    #expect(start.secondsSince1970 == seconds)
    let last = try #require(time(year, month, day, 23, 59, 59))
    #expect(last.secondsSince1970 == seconds + 86_399)
    let parts = try #require(last.parts)
    #expect((parts.year, parts.month, parts.day) == (year, month, day))
    #expect((parts.hour, parts.minute, parts.second) == (23, 59, 59))
  }

  @Test("say every day of four centuries, and the years around their ends, as it was made")
  func everyDay() throws {
    var expected: Int64?
    for year in Array(0...4) + Array(1896...2104) + Array(9995...9999) {
      if [0, 1896, 9995].contains(year) { expected = time(year, 1, 1)?.secondsSince1970 }
      for month in 1...12 {
        for day in 1...31 {
          guard let time = time(year, month, day, 12, 34, 56) else { continue }
          let next = try #require(expected)
          try #require(time.secondsSince1970 == next + 45_296, "\(year)-\(month)-\(day)")
          let parts = try #require(time.parts)
          try #require((parts.year, parts.month, parts.day) == (year, month, day))
          expected = next + 86_400
        }
      }
    }
  }

  @Test("do not exist for dates and times that do not")
  func invalid() {
    let wrong: [[Int]] = [
      [-1, 1, 1, 0, 0, 0], [10_000, 1, 1, 0, 0, 0], [2026, 0, 1, 0, 0, 0],
      [2026, 13, 1, 0, 0, 0], [2026, 1, 0, 0, 0, 0], [2026, 1, 32, 0, 0, 0],
      [2026, 4, 31, 0, 0, 0], [2026, 6, 31, 0, 0, 0], [2026, 9, 31, 0, 0, 0],
      [2026, 11, 31, 0, 0, 0], [2026, 2, 29, 0, 0, 0], [2024, 2, 30, 0, 0, 0],
      [1900, 2, 29, 0, 0, 0], [2100, 2, 29, 0, 0, 0], [2000, 2, 30, 0, 0, 0],
      [2026, 1, 1, 24, 0, 0], [2026, 1, 1, -1, 0, 0], [2026, 1, 1, 0, 60, 0],
      [2026, 1, 1, 0, -1, 0], [2026, 1, 1, 0, 0, 60], [2026, 1, 1, 0, 0, -1],
      [Int.max, 1, 1, 0, 0, 0], [Int.min, 1, 1, 0, 0, 0], [2026, Int.max, 1, 0, 0, 0],
      [2026, 1, Int.min, 0, 0, 0],
    ]
    for date in wrong {
      #expect(time(date[0], date[1], date[2], date[3], date[4], date[5]) == nil, "\(date)")
    }
  }

  @Test("print in the form of RFC 3339")
  func printing() throws {
    #expect(Timestamp(secondsSince1970: 0).description == "1970-01-01T00:00:00Z")
    #expect(Timestamp(secondsSince1970: -1).description == "1969-12-31T23:59:59Z")
    #expect(time(2026, 11, 24, 4, 30)?.description == "2026-11-24T04:30:00Z")
    #expect(time(0, 2, 29, 1, 2, 3)?.description == "0000-02-29T01:02:03Z")
    #expect(time(9999, 12, 31, 23, 59, 59)?.description == "9999-12-31T23:59:59Z")
  }

  @Test("outside of the years 0 to 9999 have no date, and print as seconds")
  func outside() {
    for seconds in [Int64.min, -62_167_219_201, 253_402_300_800, Int64.max] {
      let time = Timestamp(secondsSince1970: seconds)
      #expect(time.parts == nil)
      #expect(time.description == "\(seconds) s since 1970-01-01T00:00:00Z")
    }
  }

  @Test("are added to without passing the ends of time")
  func adding() {
    let time = Timestamp(secondsSince1970: 100)
    #expect(time.adding(seconds: -300).secondsSince1970 == -200)
    #expect(time.adding(seconds: .max).secondsSince1970 == .max)
    #expect(Timestamp(secondsSince1970: -100).adding(seconds: .min).secondsSince1970 == .min)
    #expect(Timestamp(secondsSince1970: .max).adding(seconds: .min).secondsSince1970 == -1)
  }

  @Test("are ordered, and read from clocks")
  func clocks() throws {
    let early = try #require(time(2026, 1, 1))
    let late = try #require(time(2026, 1, 2))
    #expect(early < late)
    #expect(!(late < early))
    #expect(!(early < early))
    #expect(FixedTimeSource(early).now() == early)
    let now = SystemTimeSource().now()
    #expect(now > early.adding(seconds: -86_400 * 366))
    #expect(SystemTimeSource().now() >= now)
  }
}
