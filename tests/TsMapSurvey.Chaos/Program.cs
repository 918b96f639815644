using System.CommandLine;
using TsMapSurvey.Chaos;

var seed = new Option<int>("--seed") { Description = "Of the first run; the next one has the next", DefaultValueFactory = _ => 1 };
var runs = new Option<int>("--runs") { Description = "Short runs, one after the other", DefaultValueFactory = _ => 1 };
var minutes = new Option<double?>("--minutes") { Description = "One long run of rounds, instead, for so many minutes" };
var tsmap = new Option<string?>("--tsmap")
{ Description = "A published tsmap [default: the one built with this program, which starts slower]" };
var planted = new Option<bool>("--without-conditions")
{ Description = "The proxy takes If-Match and If-None-Match off all writes: a bug that has to be found. Ends with 0 when it was" };
var rivals = new Option<bool>("--rivals") { Description = "No faults, only two clusters on one store" };
var keep = new Option<bool>("--keep") { Description = "Keep logs and timelines of good runs too" };
var quiet = new Option<bool>("--quiet") { Description = "One line a run, and the timelines of those that failed" };
var command = new RootCommand(
    "Kills, freezes and confuses a cluster of tsmap servers, and looks whether everything is in its place afterwards")
    { seed, runs, minutes, tsmap, planted, rivals, keep, quiet };
command.SetAction(async (parsed, cancellationToken) => await ChaosRuns.PlayAsync(
    new ChaosOptions(parsed.GetValue(seed), parsed.GetValue(runs), parsed.GetValue(minutes), parsed.GetValue(tsmap),
        parsed.GetValue(planted), parsed.GetValue(rivals), parsed.GetValue(keep), parsed.GetValue(quiet)),
    cancellationToken));
return await command.Parse(args).InvokeAsync();
