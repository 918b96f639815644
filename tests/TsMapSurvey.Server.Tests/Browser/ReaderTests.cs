using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;

namespace TsMapSurvey.Server.Tests.Browser;

/// <summary>What a reader does with the page, with and without a pointer.</summary>
[Collection(BrowserCollection.Name)]
[Trait("Pace", "slow")]
public sealed class ReaderTests(Chromium chromium, StackedServer server)
{
    private const string Survey = "/surveys/small";

    /// <summary>Both themes and both viewers; every theme with every viewer if all is wanted.</summary>
    public static IEnumerable<TheoryDataRow<bool, bool>> Looks =>
        Thorough.OneIn(2, [new TheoryDataRow<bool, bool>(true, true), new(false, true), new(false, false), new(true, false)]);

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Axe_finds_no_serious_fault(bool isDark, bool hasWebGl)
    {
        await using var page = await chromium.OpenAsync(server.Address, Survey + "?sources=3", isDark: isDark, hasWebGl: hasWebGl);
        await page.Page.Locator("#candidates .go button").First.ClickAsync();
        await page.PositionAsync();

        foreach (var dialog in new[] { null, "open-recipes", "open-key", "open-help" })
        {
            if (dialog is not null) await page.Page.Locator($"#{dialog}").ClickAsync();
            var found = await page.Page.RunAxe();
            var serious = found.Violations.Where(one => one.Impact is "serious" or "critical")
                .Select(one => $"{one.Id}: {one.Help}: {string.Join(" ", one.Nodes.Select(node => node.Html))}").ToArray();
            Assert.True(serious.Length == 0, string.Join('\n', serious));
            await page.Page.Keyboard.PressAsync("Escape");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_phone_shows_it_without_scrolling_sideways(bool hasWebGl)
    {
        await using var page = await chromium.OpenAsync(server.Address, Survey + "?sources=3", 390, 844, hasWebGl: hasWebGl);
        await page.Page.Locator("#candidates .go button").First.ClickAsync();
        await page.PositionAsync();

        Assert.Equal(390, await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        await page.Page.Locator(".colours summary").ClickAsync();
        Assert.Equal(390, await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task A_link_shows_what_was_chosen()
    {
        await using var page = await chromium.OpenAsync(server.Address, Survey + "?sources=3");
        await page.Page.Locator("#map-name").SelectOptionAsync("bands");
        await page.Page.Locator("#quantity").SelectOptionAsync("flux");
        await page.Page.Locator("#energy").SelectOptionAsync("1");
        await page.Page.Locator(".colours summary").ClickAsync();
        await page.Page.Locator("#colormap").SelectOptionAsync("viridis");
        await page.Page.Locator("#stretch").SelectOptionAsync("asinh");
        await page.Page.Locator("#coordinates").SelectOptionAsync("icrs");
        await page.Page.Locator("#show-coverage").UncheckAsync();
        await page.Page.Locator("#state").SelectOptionAsync("quarantined");
        await page.Page.Locator("#candidates th button").Nth(5).ClickAsync();
        await page.Page.Locator("#candidates .go button").First.ClickAsync();
        await page.PositionAsync();
        await page.Page.Locator("#zoom-in").ClickAsync();
        await page.ChosenAsync("view");
        const string State =
            "() => JSON.stringify([...document.querySelectorAll('select, input')].map(one => [one.id, one.value, one.checked])"
            + ".concat([['sort', document.querySelector('#candidates [aria-sort=ascending]').textContent]]))";
        var (link, state, point) = (
            new Uri(page.Page.Url).PathAndQuery, await page.Page.EvaluateAsync<string>(State), await page.TextAsync("#point"));

        await using var other = await chromium.OpenAsync(server.Address, link);
        await other.PositionAsync();

        Assert.Equal(state, await other.Page.EvaluateAsync<string>(State));
        Assert.Equal(point, await other.TextAsync("#point"));
        Assert.Equal(link, new Uri(other.Page.Url).PathAndQuery);
    }

    [Fact]
    public async Task The_keyboard_reaches_everything()
    {
        await using var page = await chromium.OpenAsync(server.Address, Survey + "?sources=3");
        const string Focusable =
            "() => [...document.querySelectorAll('a[href], button, select, input, summary, [tabindex=\"0\"]')].filter(one => "
            + "one.checkVisibility() && !one.disabled && !one.closest('#sky, #point-more, details:not([open]) form')).length";
        // By name, since tables are drawn anew.
        const string NameOf = "(one => one.id || one.dataset.focus || one.ariaLabel || one.outerHTML)";
        const string Mark =
            "() => { (window.reached ??= new Set()).add(" + NameOf + "(document.activeElement)); return window.reached.size; }";
        var all = await page.Page.EvaluateAsync<int>(Focusable);
        for (var i = 0; i < 2 * all && await page.Page.EvaluateAsync<int>(Mark) <= all + 5; i++) await page.Page.Keyboard.PressAsync("Tab");

        var missed = await page.Page.EvaluateAsync<string[]>(
            Focusable.Replace(
                ").length", $").map({NameOf}).filter(name => !window.reached.has(name))", StringComparison.Ordinal));
        Assert.Empty(missed);
    }

    [Fact]
    public async Task An_answer_that_arrives_while_a_position_is_typed_does_not_change_it()
    {
        await using var page = await chromium.OpenAsync(server.Address, Survey + "?sources=3");
        var keys = page.Page.Keyboard;
        var typed = new TaskCompletionSource();
        await page.Page.RouteAsync(new Regex("/point/[^/]+$"), async route =>
        {
            await typed.Task;
            await route.ContinueAsync();
        });
        await keys.PressAsync("n");
        await page.ChosenAsync("at");
        var before = await page.TextAsync("#point");
        await keys.PressAsync("/");
        await keys.TypeAsync("340.5 0.5");
        typed.SetResult();
        await page.Page.WaitForFunctionAsync("before => document.querySelector('#point').innerText !== before", before);

        Assert.Equal("340.5 0.5", await page.Page.InputValueAsync("#where"));
    }

    [Fact]
    public async Task Keys_choose_candidates_and_positions_and_move_the_map()
    {
        await using var page = await chromium.OpenAsync(server.Address, Survey + "?sources=3");
        var keys = page.Page.Keyboard;

        await keys.PressAsync("n");
        await page.ChosenAsync("at");
        var first = page.Chosen["at"];
        await keys.PressAsync("/");
        await keys.TypeAsync("340.5 0.5");
        await keys.PressAsync("Enter");
        await page.ChosenAsync("at", $"value !== '{first}'");
        await keys.PressAsync("Escape");
        await page.Page.Locator("#where").BlurAsync();
        await page.ChosenAsync("view");
        var opened = page.Chosen["view"];
        await keys.PressAsync("m");
        await keys.PressAsync("+");
        await page.ChosenAsync("view", $"value !== '{opened}'");
        var view = page.Chosen["view"];
        await keys.PressAsync("ArrowLeft");
        await page.ChosenAsync("view", $"value !== '{view}'");
        var moved = page.Chosen["view"];
        var entered = page.Chosen["at"];
        await keys.PressAsync("Enter");
        await page.ChosenAsync("at", $"value !== '{entered}'");
        await keys.PressAsync("?");

        Assert.True(await page.Page.Locator("#help").IsVisibleAsync());
        Assert.Equal(view.Split(',')[2], moved.Split(',')[2]);
        Assert.NotEqual(first, entered);
    }

    [Fact]
    public async Task The_theme_can_be_changed_and_is_remembered()
    {
        await using var page = await chromium.OpenAsync(server.Address, Survey, isDrawn: false);
        var background = "() => getComputedStyle(document.body).backgroundColor";
        var light = await page.Page.EvaluateAsync<string>(background);

        await page.Page.Locator("#theme").ClickAsync();
        await page.Page.Locator("#theme").ClickAsync();

        var dark = await page.Page.EvaluateAsync<string>(background);
        Assert.NotEqual(light, dark);
        await page.Page.ReloadAsync();
        Assert.Equal(dark, await page.Page.EvaluateAsync<string>(background));
    }
}
