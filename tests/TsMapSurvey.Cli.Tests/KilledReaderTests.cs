using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Cli.Tests;

/// <summary>
/// Servers on an emulated Azure store that read events of new observations from a queue, killed with messages in their hands.
/// </summary>
[Trait("Pace", "slow")]
public sealed class KilledReaderTests
{
    private const int Rounds = 6;
    private const int Copies = 8;

    [Fact]
    public async Task Whoever_is_killed_with_messages_in_hand_every_observation_is_stacked_once_and_no_message_is_left()
    {
        using var folder = new TemporaryFolder();
        var azurite = await Azurite.NeedAsync();
        var (definition, files, random) = (Path.Combine(Simulated.DozenFolder, "survey.json"), Simulated.Dozen(), new Random(17));
        var (container, name) = (Azurite.NewName(), Azurite.NewName());
        var queue = new QueueClient(azurite.ConnectionString, name);
        var aside = new QueueClient(azurite.ConnectionString, $"{name}-poison");
        await queue.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        ServedSurvey Serve() => new(definition, $"{azurite.BlobUrl}/{container}", "--intake-queue", $"{azurite.QueueUrl}/{name}",
            "TSMAP_Intake__Interval=1.00:00:00", "TSMAP_Intake__MessageHold=00:00:10");

        var (inHand, arrived) = (0, 0);
        for (var round = 0; round < Rounds && inHand == 0; round++)
        {
            using var doomed = Serve();
            doomed.WaitUntilListed();
            // Listed for today: the queue alone tells of what comes from here on.
            var coming = files[arrived..(round == 0 ? files.Length / 2 : files.Length)];
            arrived += coming.Length;
            if (coming.Length > 0) doomed.Put(coming);
            await SendAsync(queue, container, files[..arrived], Copies, random);
            await Until(async () => await CountAsync(queue) < arrived * Copies - 1, doomed);
            doomed.Kill();
            inHand = await CountAsync(queue) - await VisibleAsync(queue);
        }

        // Otherwise it would be another test.
        Assert.True(inHand > 0, $"no server was killed with a message in its hands in {Rounds} rounds");
        using var served = Serve();
        served.WaitUntilListed();
        if (arrived < files.Length) served.Put(files[arrived..]);
        await SendAsync(queue, container, files, 2, random);
        served.WaitUntilSettled(files.Length);
        await Until(async () => await CountAsync(queue) == 0, served);
        var status = served.Get("/status");
        Assert.True((files.Length, files.Length) == (
            status.GetProperty("observations").GetInt32(), status.GetProperty("stacked").GetInt32()), $"{status}\n{served.Said}");
        Assert.False(await aside.ExistsAsync(TestContext.Current.CancellationToken), served.Said);
        ExpectedStacks.Hold(served, Survey.Resolve(
            SurveyDefinition.Parse(await File.ReadAllTextAsync(definition, TestContext.Current.CancellationToken))), files, folder);
    }

    private static async Task SendAsync(QueueClient queue, string container, string[] files, int copies, Random random)
    {
        string[] messages = [.. files.SelectMany(file => Enumerable.Range(0, copies).Select(copy =>
            copy % 2 == 0
                ? GridEvents.Base64(GridEvents.Created(Blob(file), container)) : GridEvents.CloudCreated(Blob(file), container)))];
        random.Shuffle(messages);
        foreach (var message in messages) await queue.SendMessageAsync(message, TestContext.Current.CancellationToken);
    }

    private static string Blob(string file) => SurveyDefinition.DefaultObservations + Path.GetFileName(file);

    private static async Task<int> CountAsync(QueueClient queue) =>
        (await queue.GetPropertiesAsync(TestContext.Current.CancellationToken)).Value.ApproximateMessagesCount;

    /// <summary>
    /// Those in nobody's hands. Each is hidden while the others are counted, so that none is counted twice, and shown again.
    /// </summary>
    private static async Task<int> VisibleAsync(QueueClient queue)
    {
        var cancel = TestContext.Current.CancellationToken;
        var seen = new List<QueueMessage>();
        while ((await queue.ReceiveMessagesAsync(32, TimeSpan.FromMinutes(10), cancel)).Value is { Length: > 0 } some) seen.AddRange(some);
        foreach (var message in seen)
            await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero,
                cancellationToken: cancel);
        return seen.Count;
    }

    private static async Task Until(Func<Task<bool>> condition, ServedSurvey served)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMinutes(5), served.Said);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
